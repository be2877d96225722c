package com.delula.retention.admin;

import java.util.Map;

import com.delula.retention.answer.DoctorAnswer;
import com.delula.retention.doctor.Doctor;
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
		return DoctorAnswer.of(this.doctor.examine());
	}

}
