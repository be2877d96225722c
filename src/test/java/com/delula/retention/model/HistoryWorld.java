package com.delula.retention.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import com.delula.retention.model.BacklogModelProperties.Failure;
import com.delula.retention.model.Happening.Trouble;
import com.delula.retention.support.Service;
import com.delula.retention.support.TestDatabase.Installation;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a history has come to, in the model and in the database, whose rows refer to
 * recipes and are kept in an undo window when they go.
 */
final class HistoryWorld {

	/**
	 * The age of rows that come in the middle of a run: between those that others have.
	 */
	private static final int LATE = 30;

	private final Stage stage;

	private final Map<Long, Failure> known = new HashMap<>();

	private final Map<String, Map<Long, Kept>> undo = new LinkedHashMap<>();

	private final Set<Long> recipes = new TreeSet<>();

	private final Instant base;

	private Map<Long, String> rows = new HashMap<>();

	private Exceptions policies = new Exceptions(List.of());

	/** Rows that ever came, less those that the test took away itself. */
	private long came;

	private long nextId = 1;

	HistoryWorld(Stage stage) {
		this.stage = stage;
		for (String table : List.of("retention_undo", "generations", "recipes", "credit_transactions", "retention_run",
				"retention_policy")) {
			jdbc().sql("DELETE FROM " + table).update();
		}
		this.base = service().database().rows().now();
		addRecipes();
	}

	Stage stage() {
		return this.stage;
	}

	private JdbcClient jdbc() {
		return this.stage.jdbc();
	}

	private Service service() {
		return this.stage.service();
	}

	/** Rows arrive, without a recipe where theirs is gone. */
	void arrive(List<Failure> arriving) {
		List<Map<String, Object>> columns = new ArrayList<>();
		for (Failure row : arriving) {
			Long recipe = this.recipes.contains((row.recipe() != null) ? row.recipe() : -1) ? row.recipe() : null;
			Failure fitting = new Failure((this.nextId++ * 37) % 10_007, row.user(), recipe, row.status(), row.reason(),
					row.created(), row.updated());
			this.known.put(fitting.id(), fitting);
			columns.add(fitting.columns(this.base, Installation.EXISTING));
		}
		ModelDatabases.insert(service(), "generations", columns);
		this.came += arriving.size();
		this.rows = read();
	}

	/** A row goes on to another status, just now. */
	void change(int pick, String from, String to) {
		List<Failure> rows = present().stream().filter((row) -> row.status().equals(from)).toList();
		pick(rows, pick).ifPresent((row) -> {
			jdbc().sql("UPDATE generations SET status = :to, updated_at = CAST(:now AS timestamp) WHERE id = :id")
				.param("to", to)
				.param("now", this.base.toString())
				.param("id", row.id())
				.update();
			this.known.put(row.id(),
					new Failure(row.id(), row.user(), row.recipe(), to, row.reason(), row.created(), 0));
			this.rows = read();
		});
	}

	/** Somebody else removes a row. */
	void delete(int pick) {
		pick(present(), pick).ifPresent((row) -> {
			this.came -= jdbc().sql("DELETE FROM generations WHERE id = :id").param("id", row.id()).update();
			this.rows = read();
		});
	}

	void save(Exceptions exceptions) {
		exceptions.save(service());
		this.policies = exceptions;
	}

	/** Somebody else gets the id of a row that was removed. */
	void takeKey(int pick) {
		List<Long> free = this.undo.values()
			.stream()
			.flatMap((kept) -> kept.keySet().stream())
			.filter((id) -> !this.rows.containsKey(id))
			.toList();
		pick(free, pick).ifPresent((id) -> {
			Failure taker = new Failure(id, "alice", null, "completed", null, 1, 1);
			ModelDatabases.insert(service(), "generations", List.of(taker.columns(this.base, Installation.EXISTING)));
			this.known.put(id, taker);
			this.came++;
			this.rows = read();
		});
	}

	void freeKeys() {
		this.came -= jdbc().sql("DELETE FROM generations WHERE user_id = 'alice' AND status = 'completed'").update();
		this.rows = read();
	}

	/** Rows that are there go on without it. */
	void dropRecipe(int pick) {
		pick(List.copyOf(this.recipes), pick).ifPresent((recipe) -> {
			jdbc().sql("UPDATE generations SET recipe_id = NULL WHERE recipe_id = :id").param("id", recipe).update();
			jdbc().sql("DELETE FROM recipes WHERE id = :id").param("id", recipe).update();
			present().stream()
				.filter((row) -> recipe.equals(row.recipe()))
				.forEach((row) -> this.known.put(row.id(), new Failure(row.id(), row.user(), null, row.status(),
						row.reason(), row.created(), row.updated())));
			this.recipes.remove(recipe);
			this.rows = read();
		});
	}

	void addRecipes() {
		for (long recipe = 1; recipe <= 3; recipe++) {
			if (this.recipes.add(recipe)) {
				service().database().rows().recipe().id(recipe).insert();
			}
		}
	}

	static <T> Optional<T> pick(List<T> all, int pick) {
		return all.isEmpty() ? Optional.empty() : Optional.of(all.get(pick % all.size()));
	}

	List<Failure> present() {
		return this.known.values().stream().filter((row) -> this.rows.containsKey(row.id())).toList();
	}

	/** Those that a run would remove now. */
	Set<Long> due(boolean emergency) {
		if (emergency) {
			return ids(present().stream().filter(Failure::counts).filter((row) -> !this.policies.hold(row)).toList());
		}
		return ids(List.copyOf(this.policies.due(present(), ModelDatabases.KEPT, 24)));
	}

	private static Set<Long> ids(List<Failure> rows) {
		Set<Long> ids = new HashSet<>();
		rows.forEach((row) -> ids.add(row.id()));
		return ids;
	}

	List<String> undoable() {
		return List.copyOf(this.undo.keySet());
	}

	Map<Long, Kept> kept(String run) {
		return this.undo.getOrDefault(run, Map.of());
	}

	/** Why a row cannot come back; null if it can. */
	@Nullable String obstacle(Failure row) {
		if (row.recipe() != null && !this.recipes.contains(row.recipe())) {
			return "parent-missing";
		}
		return this.rows.containsKey(row.id()) ? "key-taken" : null;
	}

	/** Calls the service while something may go wrong. */
	Effect<Long> call(String path, Trouble trouble, int at) {
		boolean disturbed = this.stage.call(path, trouble, at, this.base);
		List<Long> late = this.stage.disturbance().late().stream().map(Long::valueOf).toList();
		late.forEach((id) -> this.known.put(id, new Failure(id, "system_backlog", null, "failed", null, LATE, LATE)));
		this.came += late.size();
		Map<Long, String> before = this.rows;
		this.rows = read();
		return new Effect<>(disturbed, Set.copyOf(late), before, this.rows);
	}

	/** Rows that a run removed are kept as they were. */
	void keep(String run, Effect<Long> effect) {
		Map<Long, Kept> kept = new HashMap<>();
		effect.gone().forEach((id) -> kept.put(id, new Kept(this.known.get(id), effect.before().get(id))));
		this.undo.put(run, kept);
	}

	/** Rows that a restore put back are kept no more. */
	void putBack(String run, Set<Long> ids) {
		ids.forEach((id) -> {
			Kept kept = this.undo.get(run).remove(id);
			this.known.put(id, kept.row());
		});
	}

	/** The books agree with the rows, and nothing is kept but what is gone. */
	void assertAgrees() {
		ModelDatabases.assertBooked(jdbc(), gone());
		Set<String> kept = new HashSet<>();
		this.undo.forEach((run, rows) -> rows.keySet().forEach((id) -> kept.add(run + id)));
		assertThat(
				jdbc().sql("SELECT CAST(run_id AS text) || row_key[1] FROM retention_undo").query(String.class).list())
			.containsExactlyInAnyOrderElementsOf(kept);
	}

	/** How many rows the service has removed. */
	long gone() {
		return this.came - this.rows.size();
	}

	private Map<Long, String> read() {
		Map<Long, String> rows = new HashMap<>();
		jdbc().sql("SELECT id, CAST(g AS text) AS row FROM generations g").query((row) -> {
			rows.put(row.getLong("id"), row.getString("row"));
		});
		return rows;
	}

}
