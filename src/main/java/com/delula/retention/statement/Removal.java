package com.delula.retention.statement;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import com.delula.retention.run.LateReferenceException;
import com.delula.retention.run.RowCounts;
import com.delula.retention.run.SeriesSql;
import com.delula.retention.run.Slice;
import com.delula.retention.statement.TableShape.Bond;
import com.delula.retention.statement.TableShape.Child;
import com.delula.retention.statement.TableShape.Column;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** Removes the due rows of slices, and keeps them where the rule has an undo window. */
final class Removal {

	private final JdbcClient jdbc;

	private final Binder binder;

	private final TableShape shape;

	private final boolean grouped;

	private final ReasonSql reason;

	private final @Nullable UndoSql undo;

	/**
	 * For one table.
	 * @param grouped whether the removed rows are counted by group
	 * @param reason the column by which they are counted besides
	 * @param undo keeps what is removed; null where nothing is kept
	 */
	Removal(JdbcClient jdbc, Binder binder, TableShape shape, boolean grouped, ReasonSql reason,
			@Nullable UndoSql undo) {
		this.jdbc = jdbc;
		this.binder = binder;
		this.shape = shape;
		this.grouped = grouped;
		this.reason = reason;
		this.undo = undo;
	}

	/**
	 * Removes the due rows of a slice.
	 * @param unlocked only those that nobody else holds
	 * @param reasons whether there is time to count them by reason
	 * @param removed is told how many by group and reason, where they are counted so
	 * @return how many
	 * @throws LateReferenceException if a reference came in the meantime that the
	 * database does not protect
	 */
	long remove(TableSql sql, Slice slice, boolean unlocked, boolean reasons, RowCounts removed) {
		hold(sql, slice, unlocked);
		if (this.undo != null) {
			this.jdbc.sql(UndoSql.EXACT).query().listOfRows();
		}
		return children(Bond.NONE).isEmpty()
				? removeCounting(sql, slice, unlocked, reasons ? this.reason : ReasonSql.NONE, removed)
				: removeLooking(sql, slice, unlocked);
	}

	/**
	 * The same for a series of slices; empty where references have to be looked at twice.
	 */
	Optional<SeriesSql> series(TableSql sql) {
		boolean plain = children(Bond.NONE).isEmpty() && followers().isEmpty() && !this.shape.distributed();
		if (!plain) {
			return Optional.empty();
		}
		int keys = this.shape.key().size();
		return Optional.of(new SeriesSql(this.shape.timeType(), this.shape.key().stream().map(Column::type).toList(),
				(this.undo != null) ? UndoSql.EXACT : null,
				this.binder.inlined(counting(sql, false, this.reason), keys), counts(this.reason),
				this.shape.canBeHeld() ? this.binder.inlined(sql.countHeld(), keys) : null));
	}

	private long removeCounting(TableSql sql, Slice slice, boolean unlocked, ReasonSql by, RowCounts removed) {
		StatementSpec statement = this.binder.sliced(counting(sql, unlocked, by), slice);
		if (!counts(by)) {
			return statement.update();
		}
		boolean each = this.shape.distributed();
		statement.query((row) -> {
			if (each) {
				removed.addRow(row, by.counted());
				return;
			}
			removed.addArrays(row.getArray("groups"), row.getArray("removed"), row.getArray("reasons"));
		});
		return removed.rows();
	}

	private boolean counts(ReasonSql by) {
		return this.grouped || by.counted();
	}

	private String counting(TableSql sql, boolean unlocked, ReasonSql by) {
		if (this.undo == null) {
			return sql.remove(unlocked, by);
		}
		return counts(by) ? this.undo.byGroup(sql.delete(unlocked), by) : this.undo.only(sql.delete(unlocked));
	}

	/**
	 * Looks once more, after the removal, for rows that refer to what is gone: those that
	 * were committed in the meantime undo the batch.
	 */
	private long removeLooking(TableSql sql, Slice slice, boolean unlocked) {
		String statement = (this.undo != null) ? this.undo.forKeys(sql.delete(unlocked)) : sql.removeForKeys(unlocked);
		List<String> gone = this.binder.sliced(statement, slice).query(String.class).list();
		for (Child child : children(Bond.NONE)) {
			if (!gone.isEmpty() && isReferred(sql, child, gone)) {
				throw new LateReferenceException(this.shape.table().name());
			}
		}
		return gone.size();
	}

	private boolean isReferred(TableSql sql, Child child, List<String> gone) {
		String[] keys = gone.toArray(String[]::new);
		return this.jdbc.sql(sql.referring(child)).param("gone", keys).query(Boolean.class).single();
	}

	private List<Child> children(Bond bond) {
		return this.shape.children().stream().filter((child) -> child.bond() == bond).toList();
	}

	/**
	 * Where rows that refer would go together with theirs, none may arrive between being
	 * looked for and the removal. Whoever may not lock the rows keeps the whole other
	 * table from being written for the time of a batch.
	 */
	private void hold(TableSql sql, Slice slice, boolean unlocked) {
		if (locksTables()) {
			followers().forEach((table) -> this.jdbc.sql(TableSql.lock(table)).update());
		}
		else if (mayBeFollowed()) {
			this.binder.sliced(sql.hold(unlocked), slice).query(Long.class).single();
		}
	}

	/** Whether a batch keeps whole tables from being written, by another batch too. */
	boolean locksTables() {
		return mayBeFollowed() && !this.shape.mayUpdate();
	}

	private boolean mayBeFollowed() {
		return !followers().isEmpty() && !this.shape.distributed();
	}

	/** The tables of the rule whose rows go with those that they refer to. */
	private List<String> followers() {
		return Stream
			.concat(children(Bond.FOLLOWING).stream().map((child) -> child.shape().name()),
					this.shape.followers().stream())
			.distinct()
			.toList();
	}

}
