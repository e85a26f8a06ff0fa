package io.github.dagwasm.springboot;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Has Spring Boot print the sentence about an option in place of a stack trace. */
final class InvalidOptionFailureAnalyzer extends AbstractFailureAnalyzer<InvalidOptionException> {

    /** Makes an analyzer; Spring Boot does. */
    InvalidOptionFailureAnalyzer() {}

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, InvalidOptionException cause) {
        return new FailureAnalysis(
                cause.getMessage(),
                "Correct the property. The page of the component dagwasm lists all options.",
                cause);
    }
}
