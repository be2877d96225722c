package com.delula.retention.option;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

import com.delula.retention.option.RawValue.Form;

/**
 * What an option may be, and how a text becomes a value of it.
 *
 * @param <T> what the text becomes
 */
public final class OptionType<T> {

	/** Bits of a column's integers, without the sign, by the column's type. */
	private static final Map<String, Integer> BITS = Map.of("smallint", 15, "integer", 31, "bigint", 63);

	private final Supplier<Form> form;

	private final Supplier<String> allowed;

	private final Function<String, Optional<T>> parser;

	private OptionType(Form form, String allowed, Function<String, Optional<T>> parser) {
		this(() -> form, () -> allowed, parser);
	}

	private OptionType(Supplier<Form> form, Supplier<String> allowed, Function<String, Optional<T>> parser) {
		this.form = form;
		this.allowed = allowed;
		this.parser = parser;
	}

	/**
	 * A type that is found out when a value is read, because the database has to be
	 * asked.
	 */
	public static <T> OptionType<T> lookedUp(Supplier<OptionType<T>> type) {
		return new OptionType<>(() -> type.get().form.get(), () -> type.get().allowed(),
				(text) -> type.get().parse(text));
	}

	/** Exactly {@code true} or {@code false}. */
	public static OptionType<Boolean> flag() {
		return new OptionType<>(Form.BOOLEAN, "true or false",
				(text) -> Optional.of(text).filter(List.of("true", "false")::contains).map(Boolean::valueOf));
	}

	/** A whole number between two bounds, without sign and leading zeros. */
	public static OptionType<Integer> wholeNumber(int least, int most) {
		return new OptionType<>(Form.INTEGER, "a whole number from " + least + " to " + most,
				(text) -> Optional.of(text)
					.filter((digits) -> digits.matches("0|[1-9][0-9]{0,8}"))
					.map(Integer::valueOf)
					.filter((number) -> number >= least && number <= most));
	}

	/** A number between two bounds, such as {@code 0.25}. */
	public static OptionType<Double> decimal(double least, double most) {
		return new OptionType<>(Form.DECIMAL, "a number from " + shown(least) + " to " + shown(most),
				(text) -> Optional.of(text)
					.filter((digits) -> digits.matches("(0|[1-9][0-9]{0,8})(\\.[0-9]{1,9})?"))
					.map(Double::valueOf)
					.filter((number) -> number >= least && number <= most));
	}

	private static String shown(double number) {
		return (number == Math.rint(number)) ? String.valueOf((long) number) : String.valueOf(number);
	}

	/**
	 * A number of rows as a person types it; commas may stand where they are shown.
	 */
	public static OptionType<Long> rowCount() {
		return new OptionType<>(Form.INTEGER, "a number of rows",
				(text) -> Optional.of(text.strip())
					.filter((typed) -> typed.matches("0|[1-9][0-9]{0,17}|[1-9][0-9]{0,2}(,[0-9]{3}){1,5}"))
					.map((typed) -> Long.valueOf(typed.replace(",", ""))));
	}

	/** A number of rows, without sign, commas and leading zeros. */
	public static OptionType<Long> rows() {
		return new OptionType<>(Form.INTEGER, "a whole number, 0 or more",
				(text) -> Optional.of(text)
					.filter((digits) -> digits.matches("0|[1-9][0-9]{0,17}"))
					.map(Long::valueOf));
	}

	/** A text that is not blank. */
	public static OptionType<String> text() {
		return new OptionType<>(Form.STRING, "a text that is not empty",
				(text) -> Optional.of(text).filter((given) -> !given.isBlank() && given.indexOf('\0') < 0));
	}

	/** One of a few words. */
	public static OptionType<String> oneOf(List<String> words) {
		return new OptionType<>(Form.STRING, "one of " + String.join(", ", words),
				(text) -> Optional.of(text).filter(words::contains));
	}

	/**
	 * A key as a column holds it, as the database writes it.
	 * @param columnType the column's type as SQL writes it
	 * @param what what the key is of, such as {@code the id of a recipe}
	 */
	public static OptionType<String> id(String columnType, String what) {
		Integer bits = BITS.get(columnType);
		if (bits == null) {
			return new OptionType<>(Form.STRING, what,
					(text) -> Optional.of(text).filter((id) -> !id.isEmpty() && id.indexOf('\0') < 0));
		}
		return new OptionType<>(Form.INTEGER, what + ", a whole number",
				(text) -> Optional.of(text)
					.filter((id) -> id.matches("0|-?[1-9][0-9]{0,18}"))
					.filter((id) -> new BigInteger(id).bitLength() <= bits));
	}

	/**
	 * A value as a column holds it: a number where the column has numbers.
	 * @param columnType the column's type as SQL writes it
	 * @param what what it is, for the error
	 */
	public static OptionType<String> value(String columnType, String what) {
		return switch (columnType) {
			case "boolean" -> oneOf(List.of("true", "false"));
			case "smallint", "integer", "bigint" -> id(columnType, what);
			default -> text();
		};
	}

	/** Whether its values are whole numbers. */
	public boolean numeric() {
		return this.form.get() == Form.INTEGER;
	}

	/** What it may be, in words that follow "must be". */
	public String allowed() {
		return this.allowed.get();
	}

	/** The value of a text; empty if it is none. */
	public Optional<T> parse(String text) {
		return this.parser.apply(text);
	}

	/** The value of what was sent; empty if it is none, or was sent as something else. */
	Optional<T> parse(RawValue raw) {
		Form wanted = this.form.get();
		boolean fits = raw.form() == Form.PLAIN || raw.form() == wanted
				|| (wanted == Form.DECIMAL && raw.form() == Form.INTEGER);
		return fits ? parse(raw.text()) : Optional.empty();
	}

}
