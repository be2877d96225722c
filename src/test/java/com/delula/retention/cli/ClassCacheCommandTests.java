package com.delula.retention.cli;

import java.io.PrintWriter;
import java.io.Reader;
import java.io.Writer;
import java.util.List;
import java.util.Map;

import com.delula.retention.launch.ClassCache;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;

/** Which commands are handed to a JVM that starts faster. */
class ClassCacheCommandTests {

	@Test
	void onlyCommandsThatStartPartlyAreHandedOn() {
		Terminal nowhere = new Terminal(new PrintWriter(Writer.nullWriter()), new PrintWriter(Writer.nullWriter()),
				Reader.nullReader(), TerminalKind.NONE);
		try (Session session = new Session(List.of(), nowhere)) {
			Map<String, CommandLine> commands = new Commands(session).line().getSubcommands();
			assertThat(commands.keySet().stream().filter((name) -> isShort(commands.get(name))))
				.containsExactlyInAnyOrderElementsOf(ClassCache.COMMANDS);
		}
	}

	private static boolean isShort(CommandLine line) {
		return line.getCommand() instanceof CliCommand command && command.startsPartly();
	}

}
