package io.vedette.api.check;

import io.vedette.api.check.DatasetCheck.Finding;
import io.vedette.api.check.DatasetCheck.Findings;
import io.vedette.api.check.DatasetCheck.Kind;
import io.vedette.common.S3Uri;
import io.vedette.common.inference.Inspection.Seen;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.sql.PreparedStatement;
import java.util.List;
import java.util.UUID;
import org.hibernate.Session;

/** The rows of {@code dataset_check_image}, and what they tell when they are compared: by Postgres, not in our memory. */
@ApplicationScoped
class SeenImages {
    /** The most findings that are told; their number is told besides. */
    static final int MOST_FINDINGS = 1000;

    private static final String COMPARED = "with seen as (select * from dataset_check_image where check_id = ?1),"
            + " usual as (select width, height from seen where width is not null"
            + " group by width, height order by count(*) desc, min(seq) limit 1),"
            + " again as (select s.seq, s.source_ref, first_value(s.source_ref) over same as earlier,"
            + " row_number() over same as place from seen s where s.sha256 is not null"
            + " window same as (partition by s.sha256 order by s.seq))"
            + " select source_ref, kind, problem, count(*) over () from ("
            + "select seq, source_ref, 'IMAGE' as kind, image_problem as problem from seen"
            + " where image_problem is not null"
            + " union all select s.seq, s.source_ref, 'DIMENSIONS', 'The image ' || s.source_ref || ' is '"
            + " || s.width || 'x' || s.height || ' pixels; most of the dataset are '"
            + " || u.width || 'x' || u.height || '.' from seen s, usual u"
            + " where (s.width, s.height) <> (u.width, u.height)"
            + " union all select seq, source_ref, 'DUPLICATE', 'The image ' || source_ref"
            + " || ' is the same file as ' || earlier || '.' from again where place > 1"
            + " union all select seq, source_ref, 'MASK', mask_problem from seen where mask_problem is not null"
            + ") as findings order by seq, kind limit ?2";

    private final EntityManager database;

    SeenImages(EntityManager database) {
        this.database = database;
    }

    /** @param maskProblem what the manifest itself says against the mask; null if nothing */
    record Row(long seq, S3Uri image, Seen seen, String maskProblem) {}

    void add(UUID checkId, List<Row> rows) {
        database.unwrap(Session.class).doWork(connection -> {
            try (PreparedStatement insert = connection.prepareStatement(
                    "insert into dataset_check_image (check_id, seq,"
                            + " source_ref, sha256, width, height, image_problem, mask_problem) values (?, ?, ?, ?, ?, ?, ?, ?)")) {
                for (Row row : rows) {
                    insert.setObject(1, checkId);
                    insert.setLong(2, row.seq());
                    insert.setString(3, row.image().toString());
                    insert.setString(4, row.seen().sha256());
                    insert.setObject(5, row.seen().width());
                    insert.setObject(6, row.seen().height());
                    insert.setString(7, row.seen().problem());
                    insert.setString(8, row.maskProblem() == null ? row.seen().maskProblem() : row.maskProblem());
                    insert.addBatch();
                }
                insert.executeBatch();
            }
        });
    }

    Findings findings(UUID checkId) {
        List<Object[]> rows = rows(checkId);
        int count = rows.isEmpty() ? 0 : ((Number) rows.get(0)[3]).intValue();
        return new Findings(
                count,
                rows.stream()
                        .map(row -> new Finding((String) row[0], Kind.valueOf((String) row[1]), (String) row[2]))
                        .toList());
    }

    private List<Object[]> rows(UUID checkId) {
        List<?> rows = database.createNativeQuery(COMPARED)
                .setParameter(1, checkId)
                .setParameter(2, MOST_FINDINGS)
                .getResultList();
        return rows.stream().map(Object[].class::cast).toList();
    }
}
