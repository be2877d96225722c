package com.delula.retention.undo;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.delula.retention.database.SqlFault;
import com.delula.retention.run.BatchResult;
import com.delula.retention.run.KeyText;
import com.delula.retention.run.LeftOut;
import com.delula.retention.run.RowCounts;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Puts slices back, inside the transaction of a batch. A row that the table refuses stays
 * where it is and is listed, and keeps no other from coming back.
 */
final class PutBack {

	private static final JsonMapper JSON = new JsonMapper();

	/** A data exception of the row's, such as the server would raise. */
	private static final String OTHER_KEYS = "22000";

	private static final String RANGE = "$[0 to " + (LeftOut.LISTED - 1) + "]";

	private final RestoreStep step;

	private final JdbcClient jdbc;

	private final UUID run;

	PutBack(RestoreStep step, JdbcClient jdbc, UUID run) {
		this.step = step;
		this.jdbc = jdbc;
		this.run = run;
	}

	/** Puts the rows of a slice back. */
	BatchResult slice(List<String> first, List<String> last) {
		Map<List<String>, String> refused = new HashMap<>();
		RowCounts counts = new RowCounts();
		long put = put(first, last, refused, counts);
		List<Stayed> stayed = stayed(first, last);
		if (!stayed.isEmpty()) {
			list(stayed, refused);
		}
		return counts.result(put, stayed.isEmpty() ? 0 : stayed.get(0).rows());
	}

	private long put(List<String> first, List<String> last, Map<List<String>, String> refused, RowCounts counts) {
		this.jdbc.sql(RestoreSql.BEGIN).update();
		try {
			long put = insert(first, last, counts);
			this.jdbc.sql("RELEASE SAVEPOINT put_back").update();
			return put;
		}
		catch (RuntimeException ex) {
			if (!isOfRow(ex)) {
				throw ex;
			}
			this.jdbc.sql("ROLLBACK TO SAVEPOINT put_back").update();
			this.jdbc.sql("RELEASE SAVEPOINT put_back").update();
			return putHalves(first, last, ex, refused, counts);
		}
	}

	/** Halves a slice until the row that is refused stands alone. */
	private long putHalves(List<String> first, List<String> last, RuntimeException ex,
			Map<List<String>, String> refused, RowCounts counts) {
		if (first.equals(last)) {
			refused.put(first, reason(ex));
			return 0;
		}
		List<List<String>> keys = this.step.sql(RestoreSql.KEYS, first, last)
			.query((row, index) -> List.of((String[]) row.getArray("row_key").getArray()))
			.list();
		if (keys.size() < 2) {
			keys.forEach((key) -> refused.put(key, reason(ex)));
			return 0;
		}
		int middle = keys.size() / 2;
		return put(keys.get(0), keys.get(middle - 1), refused, counts)
				+ put(keys.get(middle), keys.get(keys.size() - 1), refused, counts);
	}

	private long insert(List<String> first, List<String> last, RowCounts counts) {
		return this.step.sql(RestoreSql.PUT_BACK, first, last).query((row, index) -> {
			long put = row.getLong("put");
			if (put != row.getLong("cleared") && put != row.getLong("keys")) {
				throw new SQLException("Rows came back under other keys than they were kept under", OTHER_KEYS);
			}
			counts.addArrays(row.getArray("groups"), row.getArray("rows"), row.getArray("reasons"));
			return put;
		}).single();
	}

	/** Whether it is about the rows, not about the statement or the connection. */
	private static boolean isOfRow(RuntimeException ex) {
		String state = SqlFault.state(ex);
		return state.startsWith("22") || state.startsWith("23") || state.startsWith("44") || state.equals("P0001");
	}

	private static String reason(RuntimeException ex) {
		return switch (SqlFault.state(ex)) {
			case "23505", "23P01" -> LeftOut.KEY_TAKEN;
			case "23503" -> LeftOut.PARENT_MISSING;
			default -> LeftOut.DOES_NOT_FIT;
		};
	}

	private List<Stayed> stayed(List<String> first, List<String> last) {
		return this.step.sql(RestoreSql.LEFT_OUT, first, last)
			.param("listed", LeftOut.LISTED)
			.query((row, index) -> new Stayed(row.getLong("rows"),
					List.of((String[]) row.getArray("row_key").getArray()), row.getString("reason")))
			.list();
	}

	private void list(List<Stayed> stayed, Map<List<String>, String> refused) {
		List<LeftOut> more = new ArrayList<>();
		stayed.forEach((row) -> more
			.add(new LeftOut(this.step.table(), KeyText.of(row.key()), refused.getOrDefault(row.key(), row.reason()))));
		this.jdbc.sql(RestoreSql.LIST)
			.param("more", JSON.writeValueAsString(more))
			.param("range", RANGE)
			.param("run", this.run)
			.update();
	}

	/**
	 * A row that stayed out.
	 *
	 * @param rows how many did
	 * @param key its key
	 * @param reason why, as far as a look at it tells
	 */
	private record Stayed(long rows, List<String> key, String reason) {

	}

}
