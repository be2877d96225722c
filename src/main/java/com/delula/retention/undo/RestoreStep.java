package com.delula.retention.undo;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.delula.retention.run.BatchResult;
import com.delula.retention.run.Cut;
import com.delula.retention.run.RetentionStep;
import com.delula.retention.run.RunScope;
import com.delula.retention.run.SampledPage;
import com.delula.retention.run.Slice;
import com.delula.retention.run.Span;
import com.delula.retention.run.Stock;
import com.delula.retention.run.Survey;
import com.delula.retention.run.Watermark;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * One table's part in a restore: the engine walks over what was kept, and "removes" it
 * from there.
 */
final class RestoreStep implements RetentionStep {

	/** A walk goes by keys alone. */
	private static final String NO_TIME = "-";

	private final JdbcClient jdbc;

	private final RestoreTable table;

	private final UUID of;

	private final PutBack putBack;

	/**
	 * A part of a restore.
	 * @param of the run whose rows are put back
	 * @param run the restore itself
	 */
	RestoreStep(JdbcClient jdbc, RestoreTable table, UUID of, UUID run) {
		this.jdbc = jdbc;
		this.table = table;
		this.of = of;
		this.putBack = new PutBack(this, jdbc, run);
	}

	@Override
	public String table() {
		return this.table.table();
	}

	@Override
	public void prepare() {
		// What was kept is written down already.
	}

	@Override
	public List<Span> spans() {
		Watermark first = place(RestoreSql.FIRST);
		Watermark last = place(RestoreSql.LAST);
		return (first != null && last != null) ? List.of(new Span(first, last, false)) : List.of();
	}

	private @Nullable Watermark place(String sql) {
		return sql(sql).query((row, index) -> watermark(row.getArray("row_key"))).optional().orElse(null);
	}

	@Override
	public Stock takeStock() {
		return sql(RestoreSql.STOCK).query((row, index) -> stock(row)).single();
	}

	private static Stock stock(ResultSet row) throws SQLException {
		long kept = row.getLong("kept");
		long free = row.getLong("free");
		return new Stock(kept, free, kept - free, null, Map.of());
	}

	@Override
	public Survey survey(RunScope later, Instant since) {
		Stock stock = takeStock();
		return new Survey(stock, stock.due(), 0);
	}

	@Override
	public List<SampledPage> sample(double percent) {
		return List.of();
	}

	@Override
	public List<Cut> cut(Slice slice, int rows, int most) {
		return sql(RestoreSql.CUT, slice.first().key(), slice.last().key()).param("rows", rows)
			.param("ahead", rows * most + 1)
			.query((row, index) -> cut(row))
			.list();
	}

	private static Cut cut(ResultSet row) throws SQLException {
		Array next = row.getArray("next_key");
		return new Cut(watermark(row.getArray("row_key")), (next != null) ? watermark(next) : null);
	}

	private static Watermark watermark(Array key) throws SQLException {
		return new Watermark(NO_TIME, List.of((String[]) key.getArray()));
	}

	@Override
	public BatchResult remove(Slice slice, boolean unlocked, boolean reasons) {
		return this.putBack.slice(slice.first().key(), slice.last().key());
	}

	/**
	 * Only the service uses its rows, so that no other session waits for them.
	 */
	@Override
	public boolean canSkipLocked() {
		return false;
	}

	@Override
	public long countDue(Slice slice) {
		return sql(RestoreSql.COUNT, slice.first().key(), slice.last().key()).query(Long.class).single();
	}

	/** A statement on all that was kept of the table. */
	StatementSpec sql(String sql) {
		return this.jdbc.sql(this.table.fill(sql)).param("of", this.of).param("table", table());
	}

	/** A statement on what was kept from one key to another, both included. */
	StatementSpec sql(String sql, List<String> first, List<String> last) {
		return sql(sql).param("first", first.toArray(String[]::new)).param("last", last.toArray(String[]::new));
	}

}
