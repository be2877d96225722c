package com.delula.retention.statement;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

import com.delula.retention.database.Instants;
import com.delula.retention.run.GroupCount;
import com.delula.retention.run.Stock;
import com.delula.retention.run.Survey;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** Adds up a stock while its groups stream by. */
final class StockSum {

	private final boolean grouped;

	private final Map<@Nullable String, GroupCount> groups = new HashMap<>();

	private long candidates;

	private long due;

	private long referenced;

	private long dueLater;

	private long arrived;

	private @Nullable Instant oldest;

	private StockSum(boolean grouped) {
		this.grouped = grouped;
	}

	/** The stock that a statement finds. */
	static Stock of(StatementSpec statement, boolean grouped) {
		StockSum sum = new StockSum(grouped);
		statement.query(sum::add);
		return sum.stock();
	}

	/** What a statement finds that looks ahead. */
	static Survey survey(StatementSpec statement, boolean grouped) {
		StockSum sum = new StockSum(grouped);
		statement.query((ResultSet row) -> {
			sum.add(row);
			sum.dueLater += row.getLong("ahead");
			sum.arrived += row.getLong("arrived");
		});
		return new Survey(sum.stock(), sum.dueLater, sum.arrived);
	}

	private void add(ResultSet row) throws SQLException {
		this.candidates += row.getLong("candidates");
		this.referenced += row.getLong("referenced");
		long free = row.getLong("due");
		if (free == 0) {
			return;
		}
		this.due += free;
		Instant time = Instants.ofEpoch(row, "oldest");
		if (time != null && (this.oldest == null || time.isBefore(this.oldest))) {
			this.oldest = time;
		}
		if (this.grouped) {
			this.groups.put(row.getString("grp"), new GroupCount(row.getLong("candidates"), free));
		}
	}

	private Stock stock() {
		return new Stock(this.candidates, this.due, this.referenced, this.oldest, this.groups);
	}

}
