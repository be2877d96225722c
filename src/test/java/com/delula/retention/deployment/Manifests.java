package com.delula.retention.deployment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import io.kubernetes.client.openapi.models.V1CronJob;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The manifests of one folder of {@code ops/kubernetes}, as {@code kubectl apply -k}
 * takes them: those that its {@code kustomization.yaml} lists.
 */
final class Manifests {

	private static final Path ALL = Path.of("ops/kubernetes");

	private static final JsonMapper JSON = new JsonMapper();

	private final Map<String, JsonNode> byFile = new TreeMap<>();

	Manifests(String folder) {
		for (JsonNode resource : read(folder, "kustomization.yaml").get("resources")) {
			this.byFile.put(resource.asString(), read(folder, resource.asString()));
		}
	}

	/** The names of the files, and what is in them. */
	Map<String, JsonNode> files() {
		return this.byFile;
	}

	/** Every object of a kind. */
	List<JsonNode> all(String kind) {
		return this.byFile.values().stream().filter((object) -> object.get("kind").asString().equals(kind)).toList();
	}

	/** The only object of a kind. */
	JsonNode the(String kind) {
		List<JsonNode> all = all(kind);
		if (all.size() != 1) {
			throw new AssertionError(all.size() + " of " + kind);
		}
		return all.get(0);
	}

	/** Every specification of a pod. */
	List<JsonNode> pods() {
		List<JsonNode> pods = new ArrayList<>();
		all("Deployment").forEach((deployment) -> pods.add(deployment.at("/spec/template")));
		all("CronJob").forEach((job) -> pods.add(job.at("/spec/jobTemplate/spec/template")));
		return pods;
	}

	private static JsonNode read(String folder, String file) {
		try {
			Object yaml = new Yaml(new SafeConstructor(new LoaderOptions()))
				.load(Files.readString(ALL.resolve(folder).resolve(file)));
			return JSON.readTree(JSON.writeValueAsString(yaml));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Every folder that can be applied. */
	static List<String> folders() {
		try (var folders = Files.list(ALL)) {
			return folders.map((folder) -> folder.getFileName().toString()).sorted().toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** The files of a folder but for the one that lists them. */
	static List<String> in(String folder) {
		try (var files = Files.list(ALL.resolve(folder))) {
			return files.map((file) -> file.getFileName().toString())
				.filter((file) -> !file.equals("kustomization.yaml"))
				.sorted()
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Holds an object to the schema of its kind: the API server's own description, as
	 * classes. Unknown and missing fields and wrong types are faults.
	 * @throws IOException if it does not fit
	 * @throws IllegalArgumentException the same
	 */
	static void validate(JsonNode object) throws IOException {
		JsonElement json = new Gson().fromJson(object.toString(), JsonElement.class);
		switch (object.get("apiVersion").asString() + " " + object.get("kind").asString()) {
			case "apps/v1 Deployment" -> V1Deployment.validateJsonElement(json);
			case "batch/v1 CronJob" -> V1CronJob.validateJsonElement(json);
			case "networking.k8s.io/v1 NetworkPolicy" -> V1NetworkPolicy.validateJsonElement(json);
			case "policy/v1 PodDisruptionBudget" -> V1PodDisruptionBudget.validateJsonElement(json);
			case "v1 Service" -> V1Service.validateJsonElement(json);
			case "v1 ServiceAccount" -> V1ServiceAccount.validateJsonElement(json);
			// A custom resource, which the API does not describe.
			case "monitoring.coreos.com/v1 ServiceMonitor" -> {
			}
			default -> throw new IllegalArgumentException("No schema for " + object);
		}
	}

}
