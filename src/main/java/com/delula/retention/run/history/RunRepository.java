package com.delula.retention.run.history;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import com.delula.retention.run.Mode;
import com.delula.retention.run.RunStatus;
import org.jspecify.annotations.Nullable;

import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** The run history. */
interface RunRepository extends Repository<RunEntity, UUID> {

	void save(RunEntity run);

	Optional<RunEntity> findById(UUID id);

	List<RunEntity> findByStatus(RunStatus status);

	Optional<RunEntity> findByTaskAndStatus(String task, RunStatus status);

	@Query("""
			select r from RunEntity r
			where (:task is null or r.task = :task) and (:status is null or r.status = :status)
			order by r.startedAt desc, r.id desc
			""")
	Page<RunEntity> find(@Nullable String task, @Nullable RunStatus status, Pageable page);

	/** The newest ended run of a task that was not a dry run. */
	Optional<RunEntity> findFirstByTaskAndDryRunFalseAndModeNotAndStatusNotOrderByStartedAtDesc(String task, Mode mode,
			RunStatus status);

	/** The newest run of a task with a status that was not a dry run. */
	Optional<RunEntity> findFirstByTaskAndDryRunFalseAndModeNotAndStatusOrderByStartedAtDesc(String task, Mode mode,
			RunStatus status);

	@Query(value = "select t.first_seen_at from retention_task t where t.name = :task", nativeQuery = true)
	Optional<Instant> firstSeen(String task);

	@Query(value = "select clock_timestamp()", nativeQuery = true)
	Instant databaseTime();

}
