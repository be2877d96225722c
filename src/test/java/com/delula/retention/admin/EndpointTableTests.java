package com.delula.retention.admin;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import com.delula.retention.support.Answer;
import com.delula.retention.support.Api;
import com.delula.retention.support.Endpoint;
import com.delula.retention.support.OnEmptyTables;
import com.delula.retention.support.Pages;
import com.delula.retention.support.Service;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every endpoint × every role × every kind of credential, by the table
 * {@code endpoints.txt}. OpenIdTests holds tokens of a provider to the same table.
 */
class EndpointTableTests extends OnEmptyTables {

	/** Each role's session of the pages; logging in again for each row takes long. */
	private static final Map<String, Pages> SESSIONS = new HashMap<>();

	private static int strangers;

	static List<Endpoint> calls() {
		return Endpoint.all().stream().filter((endpoint) -> !endpoint.isPage()).toList();
	}

	static List<Endpoint> pages() {
		return Endpoint.all().stream().filter(Endpoint::isPage).toList();
	}

	@BeforeEach
	void rowsThatARunWouldRemove() {
		this.rows.generation().failed().recipe(16).age(Duration.ofDays(3)).insert(12);
		this.rows.job().completed().age(Duration.ofDays(3)).insertIds(2);
	}

	@AfterEach
	void nothingIsDeleted() {
		assertThat(this.rows.count("generations")).isEqualTo(12);
		assertThat(this.rows.count("jobs")).isEqualTo(2);
		assertThat(runs()).isZero();
	}

	@Test
	void everyEndpointHasARow() {
		this.api.get(Api.RUNS).ok();
		Set<String> mapped = new TreeSet<>();
		for (HandlerMapping mapping : this.service.bean(DispatcherServlet.class).getHandlerMappings()) {
			if (mapping instanceof RequestMappingInfoHandlerMapping methods) {
				methods.getHandlerMethods().keySet().forEach((call) -> addTo(mapped, call));
			}
		}
		assertThat(mapped).hasSizeGreaterThan(40);
		assertThat(Endpoint.all().stream().map(Endpoint::call).collect(Collectors.toSet()))
			.as("endpoints.txt, which says who may call what; add a line for each new endpoint")
			.containsAll(mapped);
	}

	private static void addTo(Set<String> calls, RequestMappingInfo mapping) {
		Set<String> methods = mapping.getMethodsCondition()
			.getMethods()
			.stream()
			.map(Enum::name)
			.collect(Collectors.toSet());
		mapping.getPatternValues()
			.forEach((path) -> (methods.isEmpty() ? Set.of("GET") : methods)
				.forEach((method) -> calls.add(method + " " + path)));
	}

	private Map<String, List<Api>> callers() {
		Map<String, List<Api>> callers = new LinkedHashMap<>();
		for (String role : Endpoint.ROLES) {
			String name = role.toLowerCase();
			callers.put(role, List.of(this.api.as(name, Service.PASSWORD), this.api.bearer(name + "-token")));
		}
		return callers;
	}

	/** Each Basic one costs a slow hash, so every endpoint sees one of the two. */
	private List<Api> strangers() {
		return List.of(this.api.anonymous(), unknownUser(strangers++), this.api.bearer("wrong"),
				this.api.bearer(Service.PASSWORD), this.api.with("Authorization", "Digest x"), this.api.anonymous()
					.with("Cookie", "RETENTION_SESSION=" + sessions("ADMIN").cookie("RETENTION_SESSION")));
	}

	/**
	 * With a name that nobody has used before, since repeated guesses are slowed down.
	 */
	private Api unknownUser(int number) {
		return (number % 2 == 0) ? this.api.as("nobody" + number, Service.PASSWORD)
				: this.api.as("viewer-token" + number, "");
	}

	private Pages sessions(String role) {
		return SESSIONS.computeIfAbsent(role, (name) -> {
			Pages pages = new Pages(this.api.port());
			pages.login(name.toLowerCase(), Service.PASSWORD);
			return pages;
		});
	}

	@ParameterizedTest
	@MethodSource("calls")
	void callsAdmitWhomTheTableSays(Endpoint endpoint) {
		for (Map.Entry<String, List<Api>> callers : callers().entrySet()) {
			for (Api caller : callers.getValue()) {
				int status = send(caller, endpoint).status();
				if (endpoint.admits(callers.getKey())) {
					assertThat(status).as(callers.getKey()).isNotIn(401, 403, 500);
				}
				else {
					assertThat(status).as(callers.getKey()).isEqualTo(403);
				}
			}
		}
		for (Api stranger : strangers()) {
			Answer answer = send(stranger, endpoint);
			if (!endpoint.isOpen()) {
				answer.problem(401);
				assertThat(answer.headers("WWW-Authenticate")).isNotEmpty();
			}
		}
		send(this.api.as("admin", "wrong"), endpoint).problem(401);
		assertThat(this.api.get(Api.RUNS).status()).isEqualTo(200);
	}

	private static Answer send(Api caller, Endpoint endpoint) {
		return caller.send(endpoint.method(), endpoint.harmless(), null);
	}

	@ParameterizedTest
	@MethodSource("pages")
	void pagesAdmitWhomTheTableSays(Endpoint endpoint) {
		for (String role : Endpoint.ROLES) {
			Pages browser = sessions(role);
			if (endpoint.method().equals("POST")) {
				assertThat(browser.postWithoutToken(endpoint.harmless(), "").status()).isIn(302, 403);
			}
			Answer answer = send(browser, endpoint);
			if (endpoint.admits(role)) {
				assertThat(answer.status()).as(role).isNotIn(401, 403, 500);
				assertThat(answer.header("Location")).as(role).doesNotContain("/login");
			}
			else {
				assertThat(answer.status()).as(role).isEqualTo(403);
			}
		}
		assertThat(sessions("ADMIN").get(endpoint.path() + "?rule=%C0%AF&%FF=1").status()).isLessThan(500);
		isClosedToStrangers(endpoint);
	}

	/**
	 * Credentials of the API do not open pages: a browser would send them wherever a link
	 * leads.
	 */
	private void isClosedToStrangers(Endpoint endpoint) {
		if (endpoint.isOpen()) {
			return;
		}
		for (Api stranger : List.of(this.api.anonymous(), this.api, this.api.bearer("admin-token"),
				this.api.with("Cookie", "RETENTION_SESSION=forged"))) {
			Answer answer = stranger.send(endpoint.method(), endpoint.harmless(), null);
			assertThat(answer.status()).isIn(302, 403);
			if (answer.status() == 302) {
				assertThat(answer.header("Location")).contains("/login");
			}
		}
	}

	private static Answer send(Pages browser, Endpoint endpoint) {
		return endpoint.method().equals("GET") ? browser.get(endpoint.path())
				: browser.post(endpoint.harmless(), "nonsense=1");
	}

}
