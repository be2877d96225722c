package com.delula.retention.cli;

import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

import com.delula.retention.answer.Grid;
import com.delula.retention.rule.Quantity;
import org.jspecify.annotations.Nullable;

/** Rows in columns as wide as they need to be; numbers are aligned to the right. */
final class Table {

	private static final int WIDEST = 60;

	/** More rows of a grid than this nobody reads; {@code --json} lists them all. */
	private static final int LINES = 20;

	private final List<List<Cell>> rows = new ArrayList<>();

	private int more;

	Table(String... heads) {
		this.rows.add(List.of(heads).stream().map((head) -> new Cell(head, false, Tone.STRONG)).toList());
	}

	/** The first rows of a grid, which are all that anybody reads. */
	static Table of(Grid grid) {
		Table table = new Table(grid.heads().toArray(String[]::new));
		grid.rows().stream().limit(LINES).forEach((row) -> table.row(row.toArray()));
		table.more = Math.max(0, grid.rows().size() - LINES);
		return table;
	}

	/** Adds a row. Nothing follows the last column, so only the others are cut. */
	Table row(@Nullable Object... values) {
		List<Cell> row = new ArrayList<>();
		for (int i = 0; i < values.length; i++) {
			Cell cell = Cell.of(values[i]);
			row.add((i < values.length - 1) ? cell.cut() : cell);
		}
		this.rows.add(row);
		return this;
	}

	boolean isEmpty() {
		return this.rows.size() == 1;
	}

	void print(Terminal terminal) {
		PrintWriter out = terminal.out();
		for (List<Cell> row : this.rows) {
			StringBuilder line = new StringBuilder();
			for (int i = 0; i < row.size(); i++) {
				line.append(padded(row.get(i), i, terminal)).append("  ");
			}
			out.println(line.toString().stripTrailing());
		}
		if (this.more > 0) {
			out.println("… and " + this.more + " more; --json lists them");
		}
	}

	private String padded(Cell cell, int column, Terminal terminal) {
		int width = this.rows.stream().mapToInt((row) -> row.get(column).text().length()).max().orElse(0);
		boolean right = this.rows.stream().skip(1).anyMatch((row) -> row.get(column).number());
		String space = " ".repeat(width - cell.text().length());
		String text = terminal.paint(cell.text(), cell.tone());
		return right ? space + text : text + space;
	}

	private record Cell(String text, boolean number, @Nullable Tone tone) {

		static Cell of(@Nullable Object value) {
			if (value instanceof Number number) {
				return new Cell(Quantity.of(number.longValue()), true, null);
			}
			if (value instanceof Tone.Toned toned) {
				return new Cell(toned.text(), false, toned.tone());
			}
			if (value instanceof Instant time) {
				// To the second: people read it, and --json has the rest
				return new Cell(time.truncatedTo(ChronoUnit.SECONDS).toString(), false, null);
			}
			return new Cell((value != null) ? Terminal.plain(value.toString()) : "-", false, null);
		}

		Cell cut() {
			return (this.text.length() > WIDEST)
					? new Cell(this.text.substring(0, WIDEST - 1) + "…", this.number, this.tone) : this;
		}

	}

}
