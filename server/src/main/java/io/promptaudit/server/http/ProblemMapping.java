package io.promptaudit.server.http;

import java.util.Optional;
import java.util.function.Function;

/**
 * Says which problem a failure is. Beans of this type are asked before the edge's own mapping, so that each part of the
 * server maps its own exceptions in a line:
 *
 * <pre>{@code
 * @Bean
 * ProblemMapping viewBehind() {
 *     return ProblemMapping.of(ViewBehind.class, failure -> Problem.passing("view-behind", failure.getMessage(), 1));
 * }
 * }</pre>
 */
@FunctionalInterface
public interface ProblemMapping {

    /** The problem, or empty when the failure is of another kind. */
    Optional<Problem> problem(Throwable failure);

    /** Maps failures of one type. */
    static <T extends Throwable> ProblemMapping of(Class<T> type, Function<T, Problem> problem) {
        return failure -> type.isInstance(failure) ? Optional.of(problem.apply(type.cast(failure))) : Optional.empty();
    }
}
