package io.liveresponse.command;

import io.liveresponse.failure.LiveResponseException;
import io.liveresponse.result.ResultKey;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code TENANT/ACTION/INDEX}, as log lines and tables show it. */
final class KeyConverter implements ITypeConverter<ResultKey> {

    private static final int PARTS = 3;

    @Override
    public ResultKey convert(String value) {
        String[] parts = value.strip().split("/", -1);
        try {
            if (parts.length == PARTS) {
                return ResultKey.of(parts[0], parts[1], Integer.parseInt(parts[2]));
            }
        } catch (LiveResponseException e) {
            throw new TypeConversionException(e.getMessage());
        } catch (NumberFormatException e) {
            // said below
        }
        throw new TypeConversionException("wanted is TENANT/ACTION/INDEX, such as contoso/5382f7ea-7557-4ab7-9782-d50480024a4e/0");
    }
}
