package com.delula.retention.settings;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Takes away the variables that Kubernetes sets in every pod for a service whose name
 * begins with {@code retention}: they would pass for settings that nothing reads, and
 * stop the start. Each has to look like one by its name and its value.
 */
final class ServiceLinks implements EnvironmentPostProcessor {

	private static final String ADDRESS = "[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9a-fA-F]*(:[0-9a-fA-F.]*){2,}";

	private static final String PORT = "[0-9]{1,5}";

	private static final String URL = "(tcp|udp|sctp)://.+:" + PORT;

	private static final List<Link> LINKS = List.of(new Link("_SERVICE_HOST", ADDRESS),
			new Link("_SERVICE_PORT(_[A-Z0-9_]+)?", PORT), new Link("_PORT", URL),
			new Link("_PORT_[0-9]+_(TCP|UDP|SCTP)", URL), new Link("_PORT_[0-9]+_(TCP|UDP|SCTP)_PROTO", "tcp|udp|sctp"),
			new Link("_PORT_[0-9]+_(TCP|UDP|SCTP)_PORT", PORT), new Link("_PORT_[0-9]+_(TCP|UDP|SCTP)_ADDR", ADDRESS));

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		String name = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
		if (environment.getPropertySources().get(name) instanceof MapPropertySource variables) {
			Map<String, Object> ours = new LinkedHashMap<>(variables.getSource());
			if (ours.entrySet().removeIf((variable) -> isLink(variable.getKey(), variable.getValue().toString()))) {
				environment.getPropertySources().replace(name, new SystemEnvironmentPropertySource(name, ours));
			}
		}
	}

	private static boolean isLink(String name, String value) {
		return LINKS.stream().anyMatch((link) -> link.matches(name, value));
	}

	/**
	 * One kind of variable.
	 *
	 * @param name what the name ends with
	 * @param value what the value looks like
	 */
	private record Link(Pattern name, Pattern value) {

		Link(String ending, String value) {
			this(Pattern.compile("RETENTION(_[A-Z0-9]+)*?" + ending), Pattern.compile(value));
		}

		boolean matches(String variable, String text) {
			return this.name.matcher(variable).matches() && this.value.matcher(text).matches();
		}

	}

}
