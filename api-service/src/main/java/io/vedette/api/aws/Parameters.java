package io.vedette.api.aws;

import io.vedette.common.DatasetType;
import io.vedette.common.ModelVersion;
import io.vedette.common.ProjectName;
import jakarta.ws.rs.ext.ParamConverter;
import jakarta.ws.rs.ext.ParamConverterProvider;
import jakarta.ws.rs.ext.Provider;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.function.Function;

/** Parameters that check themselves: one that cannot be is a ValidationException that names it, not a 404. */
@Provider
public class Parameters implements ParamConverterProvider {
    private static final Map<Class<?>, Function<String, ?>> READERS = Map.of(
            ProjectName.class, ProjectName::new,
            DatasetType.class, DatasetType::parse,
            ModelVersion.class, ModelVersion::parse,
            RequestedVersion.class, RequestedVersion::parse);

    @Override
    public <T> ParamConverter<T> getConverter(Class<T> type, Type genericType, Annotation[] annotations) {
        Function<String, ?> reader = READERS.get(type);
        return reader == null ? null : new Checked<>(type, reader);
    }

    private record Checked<T>(Class<T> type, Function<String, ?> reader) implements ParamConverter<T> {
        @Override
        public T fromString(String text) {
            try {
                return text == null ? null : type.cast(reader.apply(text));
            } catch (IllegalArgumentException malformed) {
                throw AwsError.VALIDATION.because(malformed.getMessage() + ".");
            }
        }

        @Override
        public String toString(T value) {
            return value.toString();
        }
    }
}
