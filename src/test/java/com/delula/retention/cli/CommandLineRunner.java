package com.delula.retention.cli;

import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;

import com.delula.retention.launch.Arguments;
import org.jspecify.annotations.Nullable;

/** Runs commands as the process would, and keeps what they write. */
public final class CommandLineRunner {

	private final List<String> settings;

	private StringWriter out = new StringWriter();

	private StringWriter err = new StringWriter();

	private boolean colours;

	private volatile @Nullable Session session;

	/** With these settings, in the form {@code name=value}. */
	public CommandLineRunner(List<String> properties) {
		this.settings = properties.stream().map((property) -> "--" + property).toList();
	}

	/** Runs a command where there is no terminal. */
	public int run(String... args) {
		return run(false, "", args);
	}

	/** Runs a command on a terminal at which this is typed. */
	public int type(String typed, String... args) {
		return run(true, typed, args);
	}

	private int run(boolean interactive, String typed, String... args) {
		this.out = new StringWriter();
		this.err = new StringWriter();
		List<String> all = new ArrayList<>(this.settings);
		all.addAll(List.of(args));
		String[] given = all.toArray(String[]::new);
		Session session = new Session(Arguments.settings(given),
				new Terminal(new PrintWriter(this.out, true), new PrintWriter(this.err, true), new StringReader(typed),
						new TerminalKind(interactive, this.colours, false, 80)));
		this.session = session;
		return Cli.run(session, Arguments.command(given));
	}

	/** Has commands write colours from now on. */
	public CommandLineRunner inColours() {
		this.colours = true;
		return this;
	}

	/** Interrupts the command that is under way, as Ctrl-C does. */
	public void interrupt() {
		Session running = this.session;
		if (running != null) {
			running.interruption().give();
		}
	}

	/** What it wrote to standard output. */
	public String out() {
		return this.out.toString();
	}

	/** What it wrote to standard error. */
	public String err() {
		return this.err.toString();
	}

}
