package com.delula.retention.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

import com.delula.retention.doctor.DoctorAnswer;
import com.delula.retention.doctor.Doctor;
import com.delula.retention.doctor.Finding;
import com.delula.retention.doctor.Severity;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Looks at what makes a cleanup slow, unsafe or impossible. */
@Command(name = "doctor", mixinStandardHelpOptions = true,
		description = { "Check for what makes a cleanup slow, unsafe or impossible, and say how to fix it.",
				"Changes nothing. Exits with 1 if something is critical." })
final class DoctorCommand implements CliCommand {

	/** As wide as a severity and two spaces. */
	private static final String INDENT = " ".repeat(10);

	@Option(names = "--json", description = "Answer in JSON, with the API's field names.")
	private boolean json;

	@Override
	public int run(Session session) {
		List<Finding> findings = session.bean(Doctor.class).examine();
		if (this.json) {
			session.json(DoctorAnswer.of(findings));
		}
		else {
			findings.forEach((finding) -> show(finding, session.terminal()));
		}
		return (Doctor.worst(findings) == Severity.CRITICAL) ? ExitCode.FAILED : ExitCode.DONE;
	}

	private static void show(Finding finding, Terminal terminal) {
		PrintWriter out = terminal.out();
		String severity = String.format(Locale.ROOT, "%-8s", finding.severity().label().toUpperCase(Locale.ROOT));
		out.printf("%s  %s%n", terminal.paint(severity, tone(finding.severity())), finding.title());
		if (finding.found()) {
			out.println(Paragraph.of(finding.meaning(), INDENT, terminal.kind().width()));
			out.println(INDENT + "Fix:");
			// Whole lines, so that SQL can be pasted.
			String.valueOf(finding.remedy()).lines().forEach((line) -> out.println(INDENT + "  " + line));
			out.println();
		}
	}

	private static @Nullable Tone tone(Severity severity) {
		return switch (severity) {
			case CRITICAL -> Tone.BAD;
			case WARNING -> Tone.FAIR;
			case OK -> Tone.GOOD;
			case INFO -> null;
		};
	}

	@Override
	public boolean looksOnly() {
		return true;
	}

	@Override
	public boolean json() {
		return this.json;
	}

}
