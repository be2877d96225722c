package com.delula.retention.run.engine;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;

import com.delula.retention.run.AlreadyRunningException;
import com.delula.retention.run.Caller;
import com.delula.retention.run.DaemonThreads;
import com.delula.retention.run.InstallationIncompleteException;
import com.delula.retention.run.NotRestorableException;
import com.delula.retention.run.RetentionTask;
import com.delula.retention.run.Run;
import com.delula.retention.run.RunOutcome;
import com.delula.retention.run.RunRequest;
import com.delula.retention.run.RunScope;
import com.delula.retention.run.Steering;
import com.delula.retention.run.history.Firing;
import com.delula.retention.run.lock.LeaseKeeper;
import com.delula.retention.run.lock.TaskLease;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;
import org.springframework.util.StringUtils;

/**
 * The one way to run a task: every door calls {@link #start}. Takes the task's lock,
 * closes what a dead instance left open, opens the run, and has it carried out on threads
 * of its own, so that a caller that hangs up stops nothing.
 */
public class RunEngine implements SmartLifecycle {

	private static final Logger log = LoggerFactory.getLogger(RunEngine.class);

	/**
	 * How long a shutdown waits for a run to end. A batch takes a fraction of that; what
	 * lasts longer is closed by another instance.
	 */
	private static final Duration STOPPING_PATIENCE = Duration.ofSeconds(30);

	private final Map<String, RetentionTask> tasks;

	private final EngineParts parts;

	private final ExecutorService executor = Executors.newCachedThreadPool(DaemonThreads.named("run-"));

	private final LeaseKeeper leases;

	private final Map<UUID, RunExecution> active = new ConcurrentHashMap<>();

	private final Leftovers leftovers;

	private final RunSteering steering;

	private volatile boolean running;

	RunEngine(List<RetentionTask> tasks, EngineParts parts) {
		this.tasks = tasks.stream().collect(Collectors.toMap(RetentionTask::name, Function.identity()));
		this.parts = parts;
		this.leases = new LeaseKeeper(parts.properties().lease());
		this.leftovers = new Leftovers(parts.history(), parts.closer(), parts.locks(), this.leases);
		this.steering = new RunSteering(parts, this.active);
	}

	/**
	 * Begins a run.
	 * @throws AlreadyRunningException if one of the task is under way anywhere
	 * @throws InstallationIncompleteException if it could not be booked
	 * @throws NotRestorableException if it is a restore that cannot be
	 * @throws StoppingException if this instance is shutting down
	 */
	public RunTicket start(RunRequest request) {
		return start(request, null).orElseThrow();
	}

	/**
	 * Begins a scheduled run, unless another instance has claimed the firing.
	 * @return the run; empty if the firing is not this instance's
	 * @throws AlreadyRunningException if one of the task is under way anywhere
	 * @throws InstallationIncompleteException if it could not be booked
	 * @throws StoppingException if this instance is shutting down
	 */
	public Optional<RunTicket> start(RunRequest request, @Nullable Firing firing) {
		if (!this.running) {
			throw new StoppingException();
		}
		RetentionTask task = task(request.task());
		this.parts.ledger().check(task.ledgerType());
		task.check(request);
		TaskLease lease = this.parts.locks().acquireOrRefuse(task.name(), this.parts.history());
		try {
			Optional<RunExecution> execution = open(request, task, firing, lease);
			if (execution.isEmpty()) {
				this.leases.release(lease);
			}
			return execution.map((opened) -> submit(opened, lease));
		}
		catch (RuntimeException ex) {
			this.leases.release(lease);
			throw ex;
		}
	}

	/**
	 * Asks a run to end after its batch, wherever it is carried out.
	 * @param by who asks, and through which door
	 * @return whether it was still running
	 */
	public boolean cancel(UUID id, Caller by) {
		return this.steering.cancel(id, by);
	}

	/**
	 * Pauses or resumes a run, or changes its pace, wherever it is carried out.
	 * @param by who wants it, and through which door
	 * @return whether it was still running
	 */
	public boolean steer(UUID id, Steering wish, Caller by) {
		return this.steering.steer(id, wish, by);
	}

	/**
	 * Closes what this instance could not close when it ended, and runs whose instance
	 * died: those that are open while their lock is free.
	 */
	public void recover() {
		this.tasks.values().forEach((task) -> this.leftovers.recover(task, this.active::containsKey));
	}

	/** Forgets old runs. */
	public void forget() {
		Integer forgotten = this.parts.transaction()
			.execute((tx) -> this.parts.runLog().forget(this.parts.properties().history()));
		log.debug("Forgot {} old runs", forgotten);
	}

	/** The tasks that can be run. */
	public List<String> tasks() {
		return this.tasks.keySet().stream().sorted().toList();
	}

	private RetentionTask task(String name) {
		RetentionTask task = this.tasks.get(name);
		if (task == null) {
			throw new IllegalArgumentException("No such task: " + name);
		}
		return task;
	}

	private Optional<RunExecution> open(RunRequest request, RetentionTask task, @Nullable Firing firing,
			TaskLease lease) {
		this.leftovers.close(task);
		Optional<RunScope> scope = this.parts.transaction().execute((tx) -> admit(request, task, firing));
		return Optional.ofNullable(scope).flatMap((found) -> found).map((opened) -> execution(opened, task, lease));
	}

	private Optional<RunScope> admit(RunRequest request, RetentionTask task, @Nullable Firing firing) {
		if (firing != null && !this.parts.runLog().claim(task.name(), firing)) {
			return Optional.empty();
		}
		return Optional.of(this.parts.runLog().open(request, task));
	}

	private RunExecution execution(RunScope scope, RetentionTask task, TaskLease lease) {
		Run opened = this.parts.closer().find(scope.runId()).orElseThrow();
		RunContext context = new RunContext(this.parts, lease, scope, task.rule());
		return new RunExecution(opened, scope, task, context, this.parts.closer(), this.executor);
	}

	private RunTicket submit(RunExecution execution, TaskLease lease) {
		RunTicket ticket = execution.ticket();
		Run run = ticket.run();
		UUID id = run.id();
		log.info("{} of {} started [run {}, {}, by {}]", StringUtils.capitalize(run.kind()), run.task(), id,
				run.trigger().label(), run.actor());
		this.active.put(id, execution);
		ScheduledFuture<?> renewal = this.leases.keep(id, lease, () -> this.steering.heedCancel(execution));
		if (!this.running) {
			execution.interrupt();
		}
		try {
			this.executor.execute(() -> carryOut(execution, lease, renewal));
			return ticket;
		}
		catch (RuntimeException | Error ex) {
			renewal.cancel(false);
			this.active.remove(id);
			throw ex;
		}
	}

	private void carryOut(RunExecution execution, TaskLease lease, ScheduledFuture<?> renewal) {
		RunOutcome ended = null;
		try {
			ended = execution.call();
		}
		finally {
			UUID id = execution.ticket().run().id();
			if (ended == null) {
				this.leftovers.add(id, execution);
			}
			renewal.cancel(false);
			this.leases.release(lease);
			this.active.remove(id);
			execution.tell(ended);
		}
	}

	@Override
	public void start() {
		this.running = true;
	}

	/** Lets every run end after its batch, closed as interrupted. */
	@Override
	public void stop() {
		this.running = false;
		this.active.values().forEach(RunExecution::interrupt);
		for (RunExecution execution : List.copyOf(this.active.values())) {
			execution.ticket()
				.outcome()
				.handle((ended, failure) -> null)
				.completeOnTimeout(null, STOPPING_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
				.join();
		}
	}

	/** Ends the engine's threads. */
	void shutdown() {
		this.leases.shutdown();
		this.executor.shutdown();
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

}
