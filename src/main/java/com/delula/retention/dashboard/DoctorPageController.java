package com.delula.retention.dashboard;

import java.time.Clock;
import java.util.List;

import com.delula.retention.doctor.Doctor;
import com.delula.retention.doctor.Finding;
import com.delula.retention.doctor.Severity;

import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** Shows the findings of the doctor. */
@PageController
class DoctorPageController {

	private final Doctor doctor;

	private final Clock clock;

	DoctorPageController(Doctor doctor, Clock clock) {
		this.clock = clock;
		this.doctor = doctor;
	}

	@GetMapping("/doctor")
	String examine(Model model) {
		List<Finding> findings = this.doctor.examine();
		model.addAttribute("checkedAt", this.clock.instant());
		model.addAttribute("critical", Doctor.worst(findings) == Severity.CRITICAL);
		model.addAttribute("ill", findings.stream().filter(Finding::found).toList());
		model.addAttribute("well", findings.stream().filter((finding) -> !finding.found()).toList());
		return "dashboard/doctor";
	}

}
