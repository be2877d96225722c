# Any JDK from 17 on builds it; 25 is also what it runs on.
FROM eclipse-temurin:25-jdk AS build
WORKDIR /build
COPY . .
# The .git of a worktree only names a folder that is not here; the image then does not know its commit.
RUN --mount=type=cache,target=/root/.m2 ([ -d .git ] || rm -f .git) && ./mvnw -B -ntp -Dmaven.test.skip=true package \
 && java -Djarmode=tools -jar target/retention.jar extract --layers --destination layers

FROM eclipse-temurin:25-jre AS app
RUN groupadd --gid 10001 retention \
 && useradd --uid 10001 --gid retention --home-dir /app --no-create-home --shell /usr/sbin/nologin retention
WORKDIR /app
# From the layer that changes least to the one that changes with every commit.
COPY --from=build /build/layers/dependencies/ ./
COPY --from=build /build/layers/spring-boot-loader/ ./
COPY --from=build /build/layers/snapshot-dependencies/ ./
COPY --from=build /build/layers/application/ ./
# The service without arguments, and the command line: docker run … status, docker exec … retention status. More options
# go into JAVA_TOOL_OPTIONS. The second compiler never pays here (see SecondCompiler), a heap of 160 MB is enough for ten
# million rows, and what is not heap takes some 150 MB. With compressed pointers the heap ends at 32 GB; a larger one, as
# half of a large machine would be, cannot use the cache. The JVM would write what it thinks of the cache among the results.
RUN printf '%s\n' '#!/bin/sh' 'exec java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:InitialRAMPercentage=12 -XX:MaxRAMPercentage=50 \' \
    '  -XX:+UseCompressedOops -XX:+ExitOnOutOfMemoryError -XX:AOTCache=/app/retention.aot -Xlog:disable -Xlog:all=error:stderr -jar /app/retention.jar "$@"' \
    > /usr/local/bin/retention \
 && chmod 755 /usr/local/bin/retention

# Apart from the application, so that a commit does not install it again.
FROM eclipse-temurin:25-jre AS database
RUN apt-get update && apt-get install -y --no-install-recommends postgresql

# Starts the command line once, on a database of its own that is thrown away, and keeps the classes as the JVM then
# has them: a start takes a third of the processor time. Has to be the very JVM and the very paths of the image.
FROM database AS trained
COPY --from=app /app /app
RUN runuser -u postgres -- sh -c 'bin=$(ls -d /usr/lib/postgresql/*/bin) && $bin/initdb -D /tmp/training -A trust >/dev/null \
 && $bin/pg_ctl -D /tmp/training -w -l /tmp/training.log -o "-k /tmp" start' \
 && SPRING_DATASOURCE_URL=jdbc:postgresql://localhost/postgres SPRING_DATASOURCE_USERNAME=postgres \
    java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:AOTCacheOutput=/app/retention.aot -jar /app/retention.jar status \
 && test -s /app/retention.aot

FROM app
COPY --from=trained /app/retention.aot ./
USER 10001:10001
EXPOSE 8080
# A run ends after its batch and is recorded as interrupted; the JVM is process 1 and hears this.
STOPSIGNAL SIGTERM
# Liveness only: restarting the service does not bring its database back. Bash speaks HTTP, so no curl is needed.
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=3 \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/${SERVER_PORT:-8080} && printf 'GET /actuator/health/liveness HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep -q ' 200'"]
ENTRYPOINT ["retention"]
