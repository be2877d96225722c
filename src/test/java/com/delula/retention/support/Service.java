package com.delula.retention.support;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.delula.retention.RetentionApplication;
import com.delula.retention.run.TaskSchedule;
import com.delula.retention.support.TestDatabase.Installation;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.ResolvableType;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The real service on a random port, in this JVM, against a database of a test's. Its
 * schedules are off unless a test sets them.
 */
public final class Service implements AutoCloseable {

	/** The password of every user of the tests; the colon belongs to it. */
	public static final String PASSWORD = "pass:wörd";

	private static final Map<Installation, Service> SHARED = new EnumMap<>(Installation.class);

	private final TestDatabase database;

	private final ConfigurableApplicationContext context;

	private Service(TestDatabase database, ConfigurableApplicationContext context) {
		this.database = database;
		this.context = context;
	}

	/** The service that all tests of this JVM share, with the ordinary settings. */
	public static synchronized Service shared(Installation installation) {
		return SHARED.computeIfAbsent(installation,
				(kind) -> start(TestDatabase.create(kind), "--retention.security.users[0].name=viewer",
						"--retention.security.users[0].role=VIEWER",
						"--retention.security.users[0].password={noop}" + PASSWORD,
						"--retention.security.users[1].name=operator", "--retention.security.users[1].role=OPERATOR",
						"--retention.security.users[1].password={bcrypt}" + Passwords.bcrypt(PASSWORD),
						"--retention.security.tokens[0].name=dashboard", "--retention.security.tokens[0].role=VIEWER",
						"--retention.security.tokens[0].sha256=" + Passwords.sha256("viewer-token"),
						"--retention.security.tokens[1].name=cron", "--retention.security.tokens[1].role=OPERATOR",
						"--retention.security.tokens[1].sha256=" + Passwords.sha256("operator-token"),
						"--retention.security.tokens[2].name=root", "--retention.security.tokens[2].role=ADMIN",
						"--retention.security.tokens[2].sha256=" + Passwords.sha256("admin-token"),
						"--retention.security.allowed-origins=https://dashboard.example.org",
						"--retention.run.batch.lock-timeout=200ms", "--retention.run.duty-cycle=1"));
	}

	/** A service of the test's own, with more arguments, which the test closes. */
	public static Service start(TestDatabase database, String... arguments) {
		return startWithout(database, withDatabase(database, arguments));
	}

	/** The same {@link WithoutWeb}: what is called over HTTP is not there. */
	public static Service startWithoutWeb(TestDatabase database, String... arguments) {
		return new Service(database, runWithoutWeb(withoutSchedules(withDatabase(database, arguments))));
	}

	/** The same, but without saying where the database is and what the password is. */
	public static Service startWithout(TestDatabase database, String... arguments) {
		return new Service(database, run(withoutSchedules(arguments)));
	}

	private static String[] withDatabase(TestDatabase database, String... arguments) {
		List<String> all = new ArrayList<>();
		database.properties().forEach((property) -> all.add("--" + property));
		all.add("--ADMIN_PASSWORD=" + PASSWORD);
		all.addAll(List.of(arguments));
		return all.toArray(String[]::new);
	}

	/** Given twice, a setting would be a list of both values. */
	private static String[] withoutSchedules(String... arguments) {
		Map<String, String> last = new LinkedHashMap<>();
		for (String argument : List.of("--server.port=0", "--retention.backlog.cron=-", "--retention.purge.cron=-")) {
			last.put(argument.split("=", 2)[0], argument);
		}
		for (String argument : arguments) {
			last.put(argument.split("=", 2)[0], argument);
		}
		return last.values().toArray(String[]::new);
	}

	/** Starts with these arguments and no others. */
	public static ConfigurableApplicationContext run(String... arguments) {
		return run(RetentionApplication.class, WebApplicationType.SERVLET, arguments);
	}

	/** The same {@link WithoutWeb}. */
	public static ConfigurableApplicationContext runWithoutWeb(String... arguments) {
		return run(WithoutWeb.class, WebApplicationType.NONE, arguments);
	}

	private static ConfigurableApplicationContext run(Class<?> source, WebApplicationType type, String... arguments) {
		SpringApplication application = new SpringApplication(source);
		application.setWebApplicationType(type);
		application.setRegisterShutdownHook(false);
		return application.run(arguments);
	}

	public TestDatabase database() {
		return this.database;
	}

	public JdbcClient jdbc() {
		return this.database.jdbc();
	}

	/** The service as its administrator. */
	public Api api() {
		int port = this.context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
		return new Api(port, Map.of()).as("admin", PASSWORD);
	}

	public <T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	/** The schedules that are on. */
	public List<TaskSchedule> schedules() {
		return schedules(this.context);
	}

	/** The schedules that are on. */
	public static List<TaskSchedule> schedules(ConfigurableApplicationContext context) {
		return context
			.<List<TaskSchedule>>getBeanProvider(ResolvableType.forClassWithGenerics(List.class, TaskSchedule.class))
			.getObject();
	}

	/** Ends the service, not its database. */
	@Override
	public void close() {
		this.context.close();
	}

}
