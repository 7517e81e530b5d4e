package io.liveresponse.cli;

import io.liveresponse.model.ActionFacts;
import io.liveresponse.model.LiveResponseException;
import io.liveresponse.model.Request;
import io.liveresponse.model.ResultKey;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code TENANT/ACTION/INDEX}, or {@code TENANT/ACTION} for a whole action, as log lines and tables show it. */
final class KeyConverter implements ITypeConverter<ResultKey> {

    private static final Pattern INDEX = Pattern.compile("\\d{1,4}");

    @Override
    public ResultKey convert(String value) {
        String[] parts = value.strip().split("/", -1);
        boolean whole = parts.length == 2;
        if (!whole && (parts.length != 3 || !INDEX.matcher(parts[2]).matches())) {
            throw new TypeConversionException("give TENANT/ACTION/INDEX, such as contoso/5382f7ea-7557-4ab7-9782-d50480024a4e/0");
        }
        try {
            return Request.of(parts[0], parts[1], whole ? null : Integer.valueOf(parts[2]), ActionFacts.UNKNOWN).ledgerKey();
        } catch (LiveResponseException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
