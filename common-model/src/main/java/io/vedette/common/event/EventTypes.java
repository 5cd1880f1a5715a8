package io.vedette.common.event;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every event class by its CloudEvents {@code type}, found from the sealed hierarchy itself. */
public final class EventTypes {
    private static final Map<String, Class<? extends Event>> BY_TYPE = concrete(Event.class)
            .collect(Collectors.toUnmodifiableMap(type -> "io.vedette." + type.getSimpleName(), type -> type));

    private EventTypes() {}

    /** The class of events of this type, or empty if this version knows none. */
    public static Optional<Class<? extends Event>> of(String type) {
        return Optional.ofNullable(BY_TYPE.get(type));
    }

    public static Map<String, Class<? extends Event>> all() {
        return BY_TYPE;
    }

    @SuppressWarnings("unchecked")
    private static Stream<Class<? extends Event>> concrete(Class<?> type) {
        return type.isSealed()
                ? Stream.of(type.getPermittedSubclasses()).flatMap(EventTypes::concrete)
                : Stream.of((Class<? extends Event>) type);
    }
}
