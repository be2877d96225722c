package com.delula.retention.run.history;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;

import com.delula.retention.run.LeftOut;
import com.delula.retention.run.Mode;
import com.delula.retention.run.Run;
import com.delula.retention.run.RunAction;
import com.delula.retention.run.RunRequest;
import com.delula.retention.run.RunScope;
import com.delula.retention.run.RunStatus;
import com.delula.retention.run.Trigger;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Transient;
import org.hibernate.annotations.ColumnTransformer;
import org.jspecify.annotations.Nullable;

import org.springframework.data.domain.Persistable;

/**
 * A row of {@code retention_run}. Written once, when a run is opened; its counts and its
 * end are set-based updates of {@link RunLog}, beside the deletes that they count.
 */
@Entity
@Table(name = "retention_run")
class RunEntity implements Persistable<UUID> {

	@Id
	private @Nullable UUID id;

	private String task = "";

	@Convert(converter = Labels.OfMode.class)
	private Mode mode = Mode.REGULAR;

	@Convert(converter = Labels.OfTrigger.class)
	private Trigger trigger = Trigger.API;

	private String actor = "";

	@Convert(converter = Labels.OfStatus.class)
	private RunStatus status = RunStatus.RUNNING;

	private boolean dryRun;

	@ColumnTransformer(write = "?::jsonb")
	@Convert(converter = JsonMaps.OfTexts.class)
	private Map<String, String> options = Map.of();

	private Instant cutoff = Instant.EPOCH;

	private Instant startedAt = Instant.EPOCH;

	private @Nullable Instant finishedAt;

	private @Nullable Long rowsDue;

	private long rowsRemoved;

	private long rowsKeptReferenced;

	private long rowsLeftLocked;

	@ColumnTransformer(write = "?::jsonb")
	@Convert(converter = JsonMaps.OfCounts.class)
	private Map<String, Long> removedByTable = Map.of();

	private @Nullable String error;

	private @Nullable String note;

	private boolean paused;

	private @Nullable Double dutyCycle;

	private @Nullable String waitingFor;

	private @Nullable Instant undoUntil;

	@ColumnTransformer(write = "?::jsonb")
	@Convert(converter = JsonMaps.OfLeftOut.class)
	private @Nullable List<LeftOut> leftOut;

	private String owner = "";

	@ColumnTransformer(write = "?::jsonb")
	@Convert(converter = JsonMaps.OfActions.class)
	private List<RunAction> actions = List.of();

	private @Nullable Long expectedRows;

	@ColumnTransformer(write = "?::jsonb")
	private String policies = "[]";

	protected RunEntity() {
	}

	RunEntity(RunScope scope, double dutyCycle, String owner) {
		RunRequest request = scope.request();
		this.id = scope.runId();
		this.task = request.task();
		this.mode = request.mode();
		this.trigger = request.trigger();
		this.actor = request.actor();
		this.dryRun = request.dryRun();
		this.options = request.options();
		this.cutoff = scope.cutoff();
		this.startedAt = scope.startedAt();
		this.dutyCycle = dutyCycle;
		this.owner = owner;
		this.actions = List.of(new RunAction(RunAction.STARTED, request.actor(), request.trigger().label(),
				scope.startedAt(), Map.of()));
		this.expectedRows = request.expectedRows();
		this.policies = JsonMaps.text(scope.policies());
	}

	/** Notes that this run is to remove what another was refused. */
	void approves(UUID refused) {
		this.actions = Stream
			.concat(this.actions.stream(),
					Stream.of(new RunAction(RunAction.APPROVED, this.actor, this.trigger.label(), this.startedAt, Map
						.of("refusedRun", refused.toString(), "expectedRows", String.valueOf(this.expectedRows)))))
			.toList();
	}

	@Override
	public @Nullable UUID getId() {
		return this.id;
	}

	@Override
	@Transient
	public boolean isNew() {
		return true;
	}

	Run toRun() {
		return new Run(Objects.requireNonNull(this.id), this.task, this.mode, this.trigger, this.actor, this.status,
				this.dryRun, this.options, this.cutoff, this.startedAt, this.finishedAt, this.rowsDue, this.rowsRemoved,
				this.rowsKeptReferenced, this.rowsLeftLocked, this.removedByTable, this.error, this.note, this.paused,
				this.dutyCycle, this.waitingFor, this.expectedRows, this.actions, this.undoUntil,
				(this.leftOut != null) ? this.leftOut : List.of());
	}

}
