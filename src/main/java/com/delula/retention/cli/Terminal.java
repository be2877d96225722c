package com.delula.retention.cli;

import java.io.BufferedReader;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/**
 * Where a command writes: results to standard output, all else to standard error, so that
 * results can be piped; and where it asks.
 */
final class Terminal {

	private final PrintWriter out;

	private final PrintWriter err;

	private final BufferedReader in;

	private final boolean interactive;

	Terminal(PrintWriter out, PrintWriter err, Reader in, boolean interactive) {
		this.out = out;
		this.err = err;
		this.in = new BufferedReader(in);
		this.interactive = interactive;
	}

	/** The process's own. */
	static Terminal ofProcess() {
		return new Terminal(new PrintWriter(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8),
				new PrintWriter(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
				new InputStreamReader(new FileInputStream(FileDescriptor.in), Charset.defaultCharset()),
				isTerminal(System.console()));
	}

	/** Since JDK 22 there may be a console that is no terminal. */
	private static boolean isTerminal(@Nullable Console console) {
		if (console == null) {
			return false;
		}
		try {
			return (boolean) Console.class.getMethod("isTerminal").invoke(console);
		}
		catch (ReflectiveOperationException ex) {
			return true;
		}
	}

	PrintWriter out() {
		return this.out;
	}

	PrintWriter err() {
		return this.err;
	}

	/** Whether a person sits there. */
	boolean interactive() {
		return this.interactive;
	}

	/** Asks for a line; null if there is none. */
	@Nullable String ask(String question) {
		this.err.print(question);
		this.err.flush();
		try {
			return this.in.readLine();
		}
		catch (IOException ex) {
			return null;
		}
	}

}
