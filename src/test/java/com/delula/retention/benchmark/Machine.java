package com.delula.retention.benchmark;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Describes what the figures were measured on. */
final class Machine {

	private Machine() {
	}

	static List<String> describe(BenchmarkServer server, Options options) throws Exception {
		return List.of("Date: " + Report.date() + ", commit " + commit() + ", " + options.rounds() + " rounds",
				"Processor: " + find("/proc/cpuinfo", "model name\\s*: (.*)") + ", "
						+ Runtime.getRuntime().availableProcessors() + " cores; memory: " + memory(),
				"JDK: " + System.getProperty("java.vm.name") + " " + System.getProperty("java.version")
						+ ", service with -Xmx160m",
				"Server: " + server.description());
	}

	private static String memory() throws Exception {
		String kilobytes = find("/proc/meminfo", "MemTotal:\\s+(\\d+)");
		return kilobytes.isEmpty() ? "unknown" : Math.round(Long.parseLong(kilobytes) / 1048576.0) + " GB";
	}

	private static String find(String file, String pattern) throws Exception {
		if (!Files.exists(Path.of(file))) {
			return "";
		}
		Matcher matcher = Pattern.compile(pattern).matcher(Files.readString(Path.of(file)));
		return matcher.find() ? matcher.group(1) : "";
	}

	private static String commit() throws Exception {
		Process git = new ProcessBuilder("git", "describe", "--always", "--dirty", "--abbrev=10").start();
		return new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
	}

}
