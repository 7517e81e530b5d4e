package io.liveresponse.validate;

import io.liveresponse.settings.SettingProblem;

/**
 * One mistake, in a route file or in the settings; {@link #toString} has the form of a {@link SettingProblem}.
 *
 * @param file    as the user named it, {@code classpath:camel/…} for a shipped route, {@code environment} for a setting of it
 * @param line    from 1; 0 if there is no file
 * @param code    the name of a {@link Code} or a {@link SettingProblem.Code}
 * @param error   false for a mere warning
 * @param message what is wrong and how to fix it; never holds a secret
 */
public record Finding(String file, int line, String code, boolean error, String message) {

    static Finding of(SettingProblem problem) {
        return new Finding(problem.file(), problem.line(), problem.code().name(), problem.code().isError(), problem.message());
    }

    /** {@code file:line: CODE what — how to fix}. */
    @Override
    public String toString() {
        return (line == 0 ? file : file + ":" + line) + ": " + code + " " + message;
    }
}
