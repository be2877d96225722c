package com.delula.retention.answer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.delula.retention.doctor.Doctor;
import com.delula.retention.doctor.Finding;
import org.jspecify.annotations.Nullable;

/** What the doctor found, as every door tells it. */
public final class DoctorAnswer {

	private DoctorAnswer() {
	}

	/** The findings in the contract's words. */
	public static Map<String, @Nullable Object> of(List<Finding> findings) {
		Map<String, @Nullable Object> body = new LinkedHashMap<>();
		body.put("success", true);
		body.put("worst", Doctor.worst(findings).label());
		body.put("findings", findings.stream().map(DoctorAnswer::of).toList());
		return body;
	}

	private static Map<String, @Nullable Object> of(Finding finding) {
		Map<String, @Nullable Object> body = new LinkedHashMap<>();
		body.put("severity", finding.severity().label());
		body.put("id", finding.id());
		body.put("title", finding.title());
		body.put("meaning", finding.meaning());
		body.put("remedy", finding.remedy());
		return body;
	}

}
