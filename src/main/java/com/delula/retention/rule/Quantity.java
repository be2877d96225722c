package com.delula.retention.run;

import java.util.Locale;

/** Numbers as texts for people write them. */
public final class Quantity {

	private Quantity() {
	}

	/** {@code 12,345}. */
	public static String of(long number) {
		return String.format(Locale.ROOT, "%,d", number);
	}

	/** {@code 1 row}, {@code 12,345 rows}. */
	public static String rows(long number) {
		return of(number, "row");
	}

	/** {@code 1 recipe}, {@code 12,345 recipes}. */
	public static String of(long number, String noun) {
		return of(number) + " " + noun + ((number == 1) ? "" : "s");
	}

}
