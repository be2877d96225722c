package com.delula.retention.doctor;

import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The doctor over HTTP. */
@RestController
@ConditionalOnWebApplication
@RequestMapping(path = "/api/admin/doctor", produces = "application/json")
class DoctorController {

	private final Doctor doctor;

	DoctorController(Doctor doctor) {
		this.doctor = doctor;
	}

	@GetMapping
	DoctorAnswer examine() {
		return DoctorAnswer.of(this.doctor.examine());
	}

}
