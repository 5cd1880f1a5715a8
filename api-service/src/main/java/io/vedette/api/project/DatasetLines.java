package io.vedette.api.project;

import io.vedette.common.DatasetStatus;
import io.vedette.common.DatasetType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** The little that a project's description tells of its data sets. */
@ApplicationScoped
class DatasetLines {
    private final EntityManager entities;

    DatasetLines(EntityManager entities) {
        this.entities = entities;
    }

    /** None, one or two; train before test. */
    List<DatasetMetadata> of(UUID projectId) {
        List<?> rows = entities.createNativeQuery("select type, created_at, status, status_message from dataset"
                        + " where project_id = ?1 order by type desc")
                .setParameter(1, projectId)
                .getResultList();
        return rows.stream()
                .map(Object[].class::cast)
                .map(row -> new DatasetMetadata(
                        DatasetType.parse((String) row[0]),
                        (Instant) row[1],
                        DatasetStatus.valueOf((String) row[2]),
                        (String) row[3]))
                .toList();
    }
}
