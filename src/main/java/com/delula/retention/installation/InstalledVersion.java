package com.delula.retention.installation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

import com.delula.retention.database.SqlFault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Tells by one query whether all migrations are through, for commands that only read:
 * starting Flyway takes longer than such a command.
 */
public final class InstalledVersion {

	private static final Logger log = LoggerFactory.getLogger(InstalledVersion.class);

	private static final String MIGRATIONS = "classpath:db/migration/V*__*.sql";

	private static final String DONE = "SELECT version FROM retention_schema_history WHERE success AND version IS NOT NULL";

	private final JdbcClient jdbc;

	InstalledVersion(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** Whether nothing is left to migrate; false if that cannot be told. */
	public boolean isCurrent() {
		try {
			Set<String> done = new HashSet<>(this.jdbc.sql(DONE).query(String.class).list());
			return done.containsAll(known());
		}
		catch (DataAccessException ex) {
			log.debug("The version could not be read: {}", SqlFault.reason(ex));
			return false;
		}
	}

	private static Set<String> known() {
		Set<String> versions = new HashSet<>();
		try {
			Arrays.stream(new PathMatchingResourcePatternResolver().getResources(MIGRATIONS))
				.map(Resource::getFilename)
				.forEach((name) -> versions.add(String.valueOf(name).substring(1).split("__", 2)[0]));
			return versions;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
