package com.delula.retention.cli;

/** Text in lines of at most so many columns. */
final class Paragraph {

	/** Narrower lines are no easier to read. */
	private static final int NARROWEST = 40;

	private Paragraph() {
	}

	/**
	 * Breaks a text between words.
	 * @param indent what each line begins with
	 * @param width columns of a line, the indent included
	 */
	static String of(String text, String indent, int width) {
		int room = Math.max(NARROWEST, width - indent.length());
		StringBuilder lines = new StringBuilder();
		StringBuilder line = new StringBuilder();
		for (String word : text.strip().split("\\s+")) {
			if (!line.isEmpty() && line.length() + 1 + word.length() > room) {
				lines.append(indent).append(line).append(System.lineSeparator());
				line.setLength(0);
			}
			line.append(line.isEmpty() ? "" : " ").append(word);
		}
		return lines.append(indent).append(line).toString();
	}

}
