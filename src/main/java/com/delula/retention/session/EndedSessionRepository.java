package com.delula.retention.session;

import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/**
 * The ended sessions, by the database's clock. What several instances may do at once is
 * said in SQL.
 */
interface EndedSessionRepository extends Repository<EndedSession, String> {

	boolean existsById(String id);

	@Modifying
	@Query(nativeQuery = true, value = """
			INSERT INTO retention_ended_session (id, forget_at)
			VALUES (:id, now() + :seconds * interval '1 s')
			ON CONFLICT (id) DO NOTHING
			""")
	void insert(String id, long seconds);

	@Modifying
	@Query(nativeQuery = true, value = "DELETE FROM retention_ended_session WHERE forget_at < now()")
	void forgetOld();

}
