package com.delula.retention.backlog;

import java.util.Optional;

import com.delula.retention.option.OptionType;
import org.jspecify.annotations.Nullable;

/**
 * Recipe ids are of any integer or text type; outside they look like what they are.
 */
public final class RecipeIds {

	private final OptionType<String> type;

	RecipeIds(String columnType) {
		this.type = OptionType.id(columnType, "the id of a recipe");
	}

	/** What an option that is a recipe's id may be. */
	OptionType<String> type() {
		return this.type;
	}

	/** Whether ids are numbers. */
	public boolean numeric() {
		return this.type.numeric();
	}

	/** The id as JSON shows it: a number or a text; null for no recipe. */
	public @Nullable Object json(@Nullable String id) {
		return (id != null && numeric()) ? Long.valueOf(id) : id;
	}

	/** The id as the database writes it; empty if it cannot be one. */
	public Optional<String> parse(String text) {
		return this.type.parse(text);
	}

}
