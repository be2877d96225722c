package com.delula.retention.rule;

import java.util.Collection;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** What the groups of a rule are called. Beans of this type are collected. */
public interface GroupNames {

	/** The rule whose groups it names. */
	String rule();

	/** What a group is, such as "recipe". */
	String noun();

	/** What its rows are called, in the plural, such as "failures". */
	String rows();

	/** The names of groups by their keys as text; null stands for rows without one. */
	Map<@Nullable String, String> names(Collection<@Nullable String> keys);

}
