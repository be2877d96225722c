package com.delula.retention.option;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The options that a call has. Nothing is guessed: a name that is unknown or given twice,
 * and a value that is not exactly one of those allowed, is refused.
 */
public final class OptionSet {

	private final List<Option<?>> options;

	public OptionSet(List<Option<?>> options) {
		this.options = List.copyOf(options);
	}

	/** The options, in the order in which they are listed. */
	public List<Option<?>> options() {
		return this.options;
	}

	/** The names of the options, in the order in which they are listed. */
	public List<String> names() {
		return this.options.stream().<String>map(Option::name).toList();
	}

	/**
	 * Reads what was sent.
	 * @throws OptionException if a name is unknown or repeated, or a value not allowed
	 */
	public OptionValues parse(RawOptions raw) {
		Map<Option<?>, Object> values = new HashMap<>();
		raw.values().keySet().forEach(this::find);
		raw.values().forEach((name, sent) -> {
			Option<?> option = find(name);
			if (sent.size() > 1) {
				throw OptionException.repeated(name);
			}
			values.put(option, option.read(sent.get(0)));
		});
		return new OptionValues(values);
	}

	private Option<?> find(String name) {
		return this.options.stream()
			.filter((option) -> option.name().equals(name))
			.findFirst()
			.orElseThrow(() -> OptionException.unknown(name, names()));
	}

}
