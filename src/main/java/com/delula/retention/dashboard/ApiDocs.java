package com.delula.retention.dashboard;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.responses.ApiResponse;
import org.jspecify.annotations.Nullable;

/**
 * The API's description as a page shows it.
 *
 * @param version the service's version
 * @param intro what holds for all calls
 * @param groups calls by what they are about
 */
record ApiDocs(String version, List<ProsePart> intro, List<Group> groups) {

	static ApiDocs of(OpenAPI api) {
		Map<String, List<Call>> calls = new LinkedHashMap<>();
		api.getTags().forEach((tag) -> calls.put(tag.getName(), new ArrayList<>()));
		api.getPaths()
			.forEach((path, item) -> item.readOperationsMap()
				.forEach((method, operation) -> calls
					.computeIfAbsent(operation.getTags().get(0), (name) -> new ArrayList<>())
					.add(new Reader(api.getComponents()).call(path, method, operation))));
		List<Group> groups = api.getTags()
			.stream()
			.map((tag) -> new Group(tag.getName(), tag.getDescription(), calls.getOrDefault(tag.getName(), List.of())))
			.toList();
		return new ApiDocs(api.getInfo().getVersion(), ProsePart.of(api.getInfo().getDescription()), groups);
	}

	record Group(String name, @Nullable String description, List<Call> calls) {

	}

	/**
	 * A call.
	 *
	 * @param id its name in the address of the page
	 * @param options what can be said in its address
	 * @param body an example of what is sent; null where nothing is
	 * @param answers what it answers, by status
	 */
	record Call(String id, String method, String path, String summary, List<ProsePart> description,
			List<CallOption> options, @Nullable String body, List<CallAnswer> answers) {

	}

	record CallOption(String name, String place, boolean required, String allowed, List<ProsePart> description) {

	}

	record CallAnswer(String status, List<ProsePart> description, @Nullable String example) {

		public boolean good() {
			return this.status.startsWith("2");
		}

	}

	/** Reads calls, with what they share. */
	private record Reader(Components shared) {

		Call call(String path, PathItem.HttpMethod method, io.swagger.v3.oas.models.Operation operation) {
			List<CallOption> options = Optional.ofNullable(operation.getParameters())
				.orElse(List.of())
				.stream()
				.map(this::option)
				.toList();
			List<CallAnswer> answers = new ArrayList<>();
			operation.getResponses().forEach((status, answer) -> answers.add(answer(status, answer)));
			return new Call(operation.getOperationId(), method.name(), path, operation.getSummary(),
					ProsePart.of(operation.getDescription()), options, body(operation.getRequestBody()), answers);
		}

		private CallOption option(Parameter given) {
			Parameter option = resolve(given, given.get$ref(), this.shared.getParameters());
			return new CallOption(option.getName(), option.getIn(), Boolean.TRUE.equals(option.getRequired()),
					allowed(option.getSchema()), ProsePart.of(option.getDescription()));
		}

		private CallAnswer answer(String status, ApiResponse given) {
			ApiResponse answer = resolve(given, given.get$ref(), this.shared.getResponses());
			return new CallAnswer(status, ProsePart.of(answer.getDescription()), example(answer.getContent()));
		}

		private @Nullable String body(@Nullable RequestBody given) {
			return (given == null) ? null
					: example(resolve(given, given.get$ref(), this.shared.getRequestBodies()).getContent());
		}

		/** What a reference names stands among what calls share. */
		private static <T> T resolve(T given, @Nullable String reference, Map<String, T> shared) {
			return (reference == null) ? given : Objects
				.requireNonNull(shared.get(reference.substring(reference.lastIndexOf('/') + 1)), reference);
		}

		private static @Nullable String example(@Nullable Content content) {
			if (content == null) {
				return null;
			}
			return content.values().stream().map(Reader::example).filter(Objects::nonNull).findFirst().orElse(null);
		}

		private static @Nullable String example(MediaType type) {
			if (type.getExample() != null) {
				return text(type.getExample());
			}
			return Optional.ofNullable(type.getExamples())
				.flatMap((examples) -> examples.values().stream().findFirst())
				.map((example) -> text(example.getValue()))
				.orElse(null);
		}

		private static String text(Object example) {
			return (example instanceof String text) ? text : Json31.pretty(example);
		}

		private static String allowed(@Nullable Schema<?> schema) {
			if (schema == null) {
				return "";
			}
			if (schema.getEnum() != null && !schema.getEnum().isEmpty()) {
				return String.join(", ", schema.getEnum().stream().map(String::valueOf).toList());
			}
			String type = Optional.ofNullable(schema.getTypes())
				.map((types) -> String.join(" or ", types))
				.orElse(String.valueOf(Objects.requireNonNullElse(schema.getType(), "text")));
			return type.toLowerCase(Locale.ROOT) + range(schema);
		}

		private static String range(Schema<?> schema) {
			if (schema.getMinimum() == null) {
				return "";
			}
			return (schema.getMaximum() != null) ? ", " + schema.getMinimum() + " to " + schema.getMaximum()
					: ", " + schema.getMinimum() + " or more";
		}

	}

}
