package com.delula.retention.option;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * An option that cannot be understood. Its text is the same at every door but for how the
 * door spells names.
 */
public final class OptionException extends RuntimeException {

	/** What a door adds where the call would have deleted something. */
	public static final String NOTHING_DELETED = " Nothing was deleted.";

	/** The same where rows would have been put back. */
	public static final String NOTHING_RESTORED = " Nothing was restored.";

	private static final long serialVersionUID = 1L;

	private final String name;

	private final transient Text text;

	private OptionException(String name, Text text) {
		super(text.in((same) -> same));
		this.name = name;
		this.text = text;
	}

	/** The option is not one of those that there are. */
	public static OptionException unknown(String name, List<String> valid) {
		return new OptionException(name, (spelling) -> "Unknown option '" + shown(spelling.apply(name))
				+ "'. Valid options: " + valid.stream().map(spelling).collect(Collectors.joining(", ")) + ".");
	}

	/** The option is given more than once, be it in different places of a call. */
	public static OptionException repeated(String name) {
		return new OptionException(name,
				(spelling) -> "Repeated option '" + shown(spelling.apply(name)) + "': it can be given only once.");
	}

	/**
	 * The option is not given, and has to be.
	 * @param allowed what it may be, in words that follow "must be"
	 */
	public static OptionException required(String name, String allowed) {
		return new OptionException(name,
				(spelling) -> "Missing option '" + spelling.apply(name) + "': must be " + allowed + ".");
	}

	/** None of the options is given, and one has to be. */
	public static OptionException missing(List<String> valid) {
		return new OptionException("", (spelling) -> "Missing option: give at least one of "
				+ valid.stream().map(spelling).collect(Collectors.joining(", ")) + ".");
	}

	/**
	 * The value is none of those allowed.
	 * @param allowed what is, in words that follow "must be"
	 */
	public static OptionException invalid(String name, String value, String allowed) {
		return new OptionException(name,
				(spelling) -> "Invalid " + spelling.apply(name) + "=" + shown(value) + ": must be " + allowed + ".");
	}

	/**
	 * The value could be one, but names nothing that there is.
	 * @param why what was looked for and not found
	 */
	public static OptionException unknownValue(String name, String value, String why) {
		return new OptionException(name,
				(spelling) -> "Unknown " + spelling.apply(name) + "=" + shown(value) + ": " + why + ".");
	}

	/** The option that it is about, as the caller wrote it. */
	public String name() {
		return this.name;
	}

	/** The text with names as a door spells them. */
	public String text(UnaryOperator<String> spelling) {
		return this.text.in(spelling);
	}

	private static String shown(String text) {
		String plain = text.replaceAll("\\p{Cntrl}", "?");
		return (plain.length() > 100) ? plain.substring(0, 100) + "…" : plain;
	}

	private interface Text {

		String in(UnaryOperator<String> spelling);

	}

}
