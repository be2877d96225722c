package com.delula.retention.dashboard;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.delula.retention.doctor.Doctor;
import com.delula.retention.doctor.Finding;
import com.delula.retention.rule.Rule;

import org.springframework.stereotype.Component;

/** Finds what the doctor has to say of one rule: findings that name it or its tables. */
@Component
class RuleFindings {

	private final Doctor doctor;

	RuleFindings(Doctor doctor) {
		this.doctor = doctor;
	}

	/** The findings, the worst first. */
	List<Finding> of(Rule rule) {
		String names = Stream.concat(Stream.of(rule.name(), rule.title()), tables(rule))
			.map(Pattern::quote)
			.collect(Collectors.joining("|"));
		Pattern named = Pattern.compile("(?<![\\w-])(" + names + ")(?![\\w-])", Pattern.CASE_INSENSITIVE);
		return this.doctor.examine()
			.stream()
			.filter(Finding::found)
			.filter((finding) -> finding.tables().isEmpty()
					? named.matcher(finding.title() + "\n" + finding.remedy()).find()
					: finding.concerns(rule.tableNames()))
			.toList();
	}

	private static Stream<String> tables(Rule rule) {
		return rule.tableNames().stream().map((table) -> table.substring(table.lastIndexOf('.') + 1));
	}

}
