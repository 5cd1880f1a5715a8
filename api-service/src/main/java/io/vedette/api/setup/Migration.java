package io.vedette.api.setup;

import io.quarkus.runtime.StartupEvent;
import io.vedette.common.CannotStart;
import io.vedette.persistence.Schema;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.SchemaValidationException;

/** Before anything else: the schema is brought to this version, and must be what the entities take it for. */
@ApplicationScoped
class Migration {
    /** Before the scheduler, whose jobs ask the database. */
    private static final int FIRST = -1000;

    private final Schema schema;
    private final EntityManagerFactory entities;

    Migration(Schema schema, EntityManagerFactory entities) {
        this.schema = schema;
        this.entities = entities;
    }

    void migrate(@Observes @Priority(FIRST) StartupEvent started) {
        schema.migrate();
        try {
            entities.getSchemaManager().validate();
        } catch (SchemaValidationException unlike) {
            throw new CannotStart(
                    "The schema in Postgres is not what its migrations make (" + unlike.getMessage()
                            + "): somebody has changed it by hand. Restore a backup, or undo the change.",
                    unlike);
        }
    }
}
