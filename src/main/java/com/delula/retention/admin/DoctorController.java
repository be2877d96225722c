package com.delula.retention.admin;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.delula.retention.doctor.Doctor;
import com.delula.retention.doctor.Finding;
import org.jspecify.annotations.Nullable;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The doctor over HTTP. */
@RestController
@RequestMapping(path = "/api/admin/doctor", produces = "application/json")
class DoctorController {

	private final Doctor doctor;

	DoctorController(Doctor doctor) {
		this.doctor = doctor;
	}

	@GetMapping
	Map<String, @Nullable Object> examine() {
		List<Finding> findings = this.doctor.examine();
		Map<String, @Nullable Object> body = new LinkedHashMap<>();
		body.put("success", true);
		body.put("worst", Doctor.worst(findings).label());
		body.put("findings", findings.stream().map(DoctorController::json).toList());
		return body;
	}

	private static Map<String, @Nullable Object> json(Finding finding) {
		Map<String, @Nullable Object> body = new LinkedHashMap<>();
		body.put("severity", finding.severity().label());
		body.put("id", finding.id());
		body.put("title", finding.title());
		body.put("meaning", finding.meaning());
		body.put("remedy", finding.remedy());
		return body;
	}

}
