package com.delula.retention.option;

/**
 * An option that a caller may give.
 *
 * @param name its name in HTTP and JSON; the command line's is the same in kebab case
 * @param type what it may be
 * @param <T> what its text becomes
 */
public record Option<T>(String name, OptionType<T> type) {

	/** Whether a call that deletes only counts. */
	public static final Option<Boolean> DRY_RUN = new Option<>("dryRun", OptionType.flag());

	/** The most rows that a call that deletes may remove. */
	public static final Option<Long> EXPECTED_ROWS = new Option<>("expectedRows", OptionType.rows());

	/**
	 * Reads a text that came without a type.
	 * @throws OptionException if it is no value of this option
	 */
	public T read(String text) {
		return read(RawValue.plain(text));
	}

	T read(RawValue raw) {
		return this.type.parse(raw).orElseThrow(() -> invalid(raw.shown()));
	}

	/** That a text is no value of this option. */
	public OptionException invalid(String text) {
		return OptionException.invalid(this.name, text, this.type.allowed());
	}

}
