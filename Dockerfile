# syntax=docker/dockerfile:1
# Any JDK from 17 on builds it; 25 is also what it runs on.
FROM eclipse-temurin:25-jdk AS build
WORKDIR /build
COPY . .
RUN --mount=type=cache,target=/root/.m2 ./mvnw -B -ntp -Dmaven.test.skip=true package \
 && java -Djarmode=tools -jar target/retention.jar extract --layers --destination layers

FROM eclipse-temurin:25-jre
RUN groupadd --system --gid 10001 retention \
 && useradd --system --uid 10001 --gid retention --home-dir /app --shell /usr/sbin/nologin retention
WORKDIR /app
# From the layer that changes least to the one that changes with every commit.
COPY --from=build /build/layers/dependencies/ ./
COPY --from=build /build/layers/spring-boot-loader/ ./
COPY --from=build /build/layers/snapshot-dependencies/ ./
COPY --from=build /build/layers/application/ ./
USER 10001:10001
EXPOSE 8080
# A run ends after its batch and is recorded as interrupted; the JVM is process 1 and hears this.
STOPSIGNAL SIGTERM
# Liveness only: restarting the service does not bring its database back. Bash speaks HTTP, so no curl is needed.
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=3 \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/${SERVER_PORT:-8080} && printf 'GET /actuator/health/liveness HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep -q ' 200'"]
# More options go into JAVA_TOOL_OPTIONS.
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=75", "-XX:+ExitOnOutOfMemoryError", "-jar", "retention.jar"]
