package com.delula.retention.cli;

import java.io.BufferedReader;
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

	private final TerminalKind kind;

	Terminal(PrintWriter out, PrintWriter err, Reader in, TerminalKind kind) {
		this.out = out;
		this.err = err;
		this.in = new BufferedReader(in);
		this.kind = kind;
	}

	/** The process's own. */
	static Terminal ofProcess() {
		return new Terminal(new PrintWriter(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8),
				new PrintWriter(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
				new InputStreamReader(new FileInputStream(FileDescriptor.in), Charset.defaultCharset()),
				TerminalKind.ofProcess());
	}

	/** A text that somebody else wrote, without what a terminal would obey. */
	static String plain(String text) {
		return text.replaceAll("\\p{Cntrl}", "?");
	}

	PrintWriter out() {
		return this.out;
	}

	PrintWriter err() {
		return this.err;
	}

	/** Whether a person sits there. */
	boolean interactive() {
		return this.kind.asks();
	}

	/** Where the streams lead. */
	TerminalKind kind() {
		return this.kind;
	}

	/** The text in its tone, where standard output has colours. */
	String paint(String text, @Nullable Tone tone) {
		return (tone != null && this.kind.colours()) ? tone.paint(text) : text;
	}

	/** Removes what stands on the line: a progress bar, or the terminal's {@code ^C}. */
	void clearLine() {
		if (this.kind.draws()) {
			this.err.print("\r\u001B[K");
			this.err.flush();
		}
	}

	/** Starts a new screen, or a new paragraph where there is no terminal. */
	void nextScreen() {
		if (this.kind.draws()) {
			this.out.print("\u001B[H\u001B[J");
			return;
		}
		this.out.println();
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
