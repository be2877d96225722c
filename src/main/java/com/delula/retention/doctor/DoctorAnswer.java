package com.delula.retention.doctor;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What the doctor found, as every door tells it.
 *
 * @param success always true
 * @param worst the worst severity of all findings
 * @param findings the findings, the worst first
 */
public record DoctorAnswer(boolean success, String worst, List<FindingJson> findings) {

	/** The findings in the contract's words. */
	public static DoctorAnswer of(List<Finding> findings) {
		return new DoctorAnswer(true, Doctor.worst(findings).label(), findings.stream().map(FindingJson::of).toList());
	}

	/**
	 * One finding.
	 *
	 * @param severity how bad it is
	 * @param id the check
	 * @param title what was found
	 * @param meaning what that means for cleanups
	 * @param remedy the SQL or the setting that fixes it; null where there is nothing to
	 * do
	 */
	public record FindingJson(String severity, String id, String title, String meaning, @Nullable String remedy) {

		static FindingJson of(Finding finding) {
			return new FindingJson(finding.severity().label(), finding.id(), finding.title(), finding.meaning(),
					finding.remedy());
		}

	}

}
