package com.delula.retention.deployment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * The manifests in {@code ops/kubernetes} fit their schemas, each other and the image.
 */
class ManifestTests {

	static List<String> folders() {
		return Manifests.folders();
	}

	@ParameterizedTest
	@MethodSource("folders")
	void everyFileIsListedAndFitsItsSchema(String folder) throws IOException {
		Manifests manifests = new Manifests(folder);
		assertThat(manifests.files().keySet()).containsExactlyElementsOf(Manifests.in(folder));
		for (Map.Entry<String, JsonNode> file : manifests.files().entrySet()) {
			Manifests.validate(file.getValue());
			assertThat(file.getValue().at("/metadata/name").asString()).startsWith("retention");
		}
	}

	@Test
	void theSchemasFindFaults() {
		JsonNode deployment = new Manifests("base").the("Deployment");
		for (String[] fault : new String[][] { { "\"replicas\":2", "\"replica\":2" },
				{ "\"enableServiceLinks\":false", "\"enableServiceLink\":false" },
				{ "\"path\":\"/actuator/health/liveness\",", "\"paths\":\"/\"," },
				{ "\"containers\"", "\"container\"" }, { "\"selector\"", "\"select\"" } }) {
			String spoiled = deployment.toString().replace(fault[0], fault[1]);
			assertThat(spoiled).isNotEqualTo(deployment.toString());
			assertThatThrownBy(() -> Manifests.validate(new JsonMapper().readTree(spoiled))).as(fault[1])
				.isInstanceOfAny(IllegalArgumentException.class, IOException.class);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "base", "cronjob" })
	void everyPodIsConfinedAndKnowsNoServiceLinks(String folder) throws IOException {
		String image = Files.readString(Path.of("Dockerfile"));
		Manifests manifests = new Manifests(folder);
		assertThat(manifests.pods()).isNotEmpty();
		for (JsonNode template : manifests.pods()) {
			JsonNode pod = template.get("spec");
			// RETENTION_PORT=tcp://… of a service named retention would be taken for a
			// setting.
			assertThat(pod.get("enableServiceLinks").asBoolean(true)).isFalse();
			assertThat(pod.get("automountServiceAccountToken").asBoolean(true)).isFalse();
			assertThat(pod.get("serviceAccountName")).isEqualTo(manifests.the("ServiceAccount").at("/metadata/name"));
			assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
			assertThat(image).contains("USER " + pod.at("/securityContext/runAsUser").asInt() + ":"
					+ pod.at("/securityContext/runAsGroup").asInt());
			assertThat(pod.get("terminationGracePeriodSeconds").asInt()).as("longer than the end of a run")
				.isGreaterThan(45);
			JsonNode container = pod.at("/containers/0");
			assertThat(container.get("image").asString()).isEqualTo("delula/retention");
			assertThat(container.at("/securityContext/readOnlyRootFilesystem").asBoolean()).isTrue();
			assertThat(container.at("/securityContext/allowPrivilegeEscalation").asBoolean(true)).isFalse();
			assertThat(container.at("/securityContext/capabilities/drop/0").asString()).isEqualTo("ALL");
			assertThat(container.at("/resources/limits/memory").asString()).endsWith("Mi");
			assertThat(container.at("/volumeMounts/0/mountPath").asString()).isEqualTo("/tmp");
		}
	}

	@Test
	void twoInstancesAreFoundProbedAndNeverAllTakenAway() {
		Manifests base = new Manifests("base");
		JsonNode deployment = base.the("Deployment");
		assertThat(deployment.at("/spec/replicas").asInt()).isEqualTo(2);
		JsonNode labels = deployment.at("/spec/template/metadata/labels");
		for (JsonNode selector : List.of(deployment.at("/spec/selector/matchLabels"),
				base.the("Service").at("/spec/selector"),
				base.the("PodDisruptionBudget").at("/spec/selector/matchLabels"))) {
			assertThat(selector).isEqualTo(labels);
		}
		base.the("NetworkPolicy")
			.at("/spec/podSelector/matchLabels")
			.properties()
			.forEach((label) -> assertThat(labels.get(label.getKey())).isEqualTo(label.getValue()));
		assertThat(base.the("PodDisruptionBudget").at("/spec/minAvailable").asInt()).isEqualTo(1);
		JsonNode container = deployment.at("/spec/template/spec/containers/0");
		assertThat(container.at("/ports/0/containerPort").asInt()).isEqualTo(8080);
		JsonNode port = container.at("/ports/0/name");
		assertThat(base.the("Service").at("/spec/ports/0/targetPort")).isEqualTo(port);
		for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
			assertThat(container.at("/" + probe + "/httpGet/port")).isEqualTo(port);
			assertThat(container.at("/" + probe + "/httpGet/path").asString())
				.isEqualTo("/actuator/health/" + (probe.startsWith("readiness") ? "readiness" : "liveness"));
		}
	}

	/** Exit code 3 is tried again: another run was under way. */
	@Test
	void jobsAreTriedAgainWhereThatHelps() {
		for (JsonNode job : new Manifests("cronjob").all("CronJob")) {
			assertThat(job.at("/spec/concurrencyPolicy").asString()).isEqualTo("Forbid");
			assertThat(job.at("/spec/timeZone").asString()).isEqualTo("Etc/UTC");
			JsonNode given = job.at("/spec/jobTemplate/spec/podFailurePolicy/rules/0/onExitCodes/values");
			assertThat(given.valueStream().map(JsonNode::asInt)).containsExactly(2, 4);
			assertThat(job.at("/spec/jobTemplate/spec/template/spec/restartPolicy").asString()).isEqualTo("Never");
			assertThat(job.at("/spec/jobTemplate/spec/template/spec/containers/0/args/0").asString())
				.isIn(Set.of("cleanup", "purge"));
		}
	}

	@Test
	void prometheusFindsTheService() {
		JsonNode monitor = new Manifests("monitoring").the("ServiceMonitor");
		JsonNode service = new Manifests("base").the("Service");
		monitor.at("/spec/selector/matchLabels")
			.properties()
			.forEach((label) -> assertThat(service.at("/metadata/labels").get(label.getKey()))
				.isEqualTo(label.getValue()));
		assertThat(monitor.at("/spec/endpoints/0/port")).isEqualTo(service.at("/spec/ports/0/name"));
		assertThat(monitor.at("/spec/endpoints/0/path").asString()).isEqualTo("/actuator/prometheus");
	}

}
