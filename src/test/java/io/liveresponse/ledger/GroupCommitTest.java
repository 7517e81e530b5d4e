package io.liveresponse.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

class GroupCommitTest {

    private static final int THREADS = 6;

    @TempDir
    Path directory;

    private final AtomicInteger commits = new AtomicInteger();
    private final List<Thread> threads = new ArrayList<>();
    private final ExecutorService executor = Executors.newFixedThreadPool(THREADS + 1, work -> {
        Thread thread = new Thread(work);
        threads.add(thread);
        return thread;
    });
    private final CountDownLatch busy = new CountDownLatch(1);
    private final CountDownLatch go = new CountDownLatch(1);
    private volatile boolean diskFull;
    private LedgerDatabase database;
    private JdbcClient client;
    private GroupCommit group;

    @BeforeEach
    void open() {
        database = LedgerDatabase.open(LedgerAddress.inDirectory(directory));
        client = JdbcClient.create(database.dataSource());
        group = new GroupCommit(new TransactionTemplate(new JdbcTransactionManager(database.dataSource()) {
            @Override
            protected void doCommit(DefaultTransactionStatus status) {
                if (diskFull && commits.get() == 1) {
                    doRollback(status);
                    throw new IllegalStateException("disk full");
                }
                super.doCommit(status);
                commits.incrementAndGet();
            }
        }));
    }

    @AfterEach
    void close() {
        executor.shutdownNow();
        database.close();
    }

    @Test
    void changes_that_wait_for_the_writer_share_one_commit_and_each_gets_its_own_answer() throws Exception {
        List<Future<String>> answers = waiting(number -> {
            add("tenant-" + number);
            return "done " + number;
        });
        go.countDown();

        for (int number = 0; number < THREADS; number++) {
            assertThat(answers.get(number).get()).isEqualTo("done " + number);
        }
        assertThat(commits).hasValue(2);
        assertThat(names()).hasSize(THREADS);
    }

    @Test
    void a_change_that_fails_takes_none_of_its_group_with_it_and_leaves_nothing_of_its_own() throws Exception {
        List<Future<String>> answers = waiting(number -> {
            add("tenant-" + number);
            if (number == 2) {
                throw new IllegalArgumentException("no such request");
            }
            return "done";
        });
        go.countDown();

        assertThatThrownBy(() -> answers.get(2).get()).isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(IllegalArgumentException.class).hasMessageContaining("no such request");
        for (int number : new int[]{0, 1, 3, 4, 5}) {
            assertThat(answers.get(number).get()).isEqualTo("done");
        }
        assertThat(commits).hasValue(2);
        assertThat(names()).containsExactly("tenant-0", "tenant-1", "tenant-3", "tenant-4", "tenant-5");
    }

    @Test
    void a_commit_that_fails_is_told_to_all_whose_changes_were_in_it() throws Exception {
        diskFull = true;
        List<Future<String>> answers = waiting(number -> {
            add("tenant-" + number);
            return "done";
        });
        go.countDown();

        for (Future<String> answer : answers) {
            assertThatThrownBy(answer::get).hasMessageContaining("disk full");
        }
        assertThat(names()).isEmpty();
        diskFull = false;
        assertThat(group.run(() -> add("later"))).isEqualTo(1);
    }

    @Test
    void threads_whose_change_is_committed_go_on_while_the_next_group_is_written() throws Exception {
        CountDownLatch allWentOn = new CountDownLatch(THREADS);
        List<Future<Boolean>> next = waiting(() -> {
            group.run(() -> true);
            allWentOn.countDown();
            return group.run(() -> awaited(allWentOn));
        });
        go.countDown();

        assertThat(next).allSatisfy(answer -> assertThat(answer).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(true));
    }

    @Test
    void a_change_within_a_change_is_a_part_of_it() {
        assertThatThrownBy(() -> group.run(() -> {
            group.run(() -> add("inner"));
            throw new IllegalArgumentException("outer");
        })).hasMessage("outer");
        assertThat(names()).isEmpty();
    }

    private interface Change {
        String of(int number);
    }

    /** Changes of as many threads, all of which wait behind one that goes on once the latch is open. */
    private List<Future<String>> waiting(Change change) throws InterruptedException {
        AtomicInteger numbers = new AtomicInteger();
        return waiting(() -> {
            int number = numbers.getAndIncrement();
            return group.run(() -> change.of(number));
        });
    }

    private <T> List<Future<T>> waiting(Callable<T> work) throws InterruptedException {
        executor.submit(() -> group.run(() -> {
            busy.countDown();
            return awaited(go);
        }));
        busy.await();
        List<Future<T>> answers = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            int number = thread;
            answers.add(executor.submit(work));
            Awaitility.await().until(() -> threads.get(number + 1).getState() == Thread.State.WAITING);
        }
        return answers;
    }

    private static boolean awaited(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private int add(String tenant) {
        return client.sql("insert into tenant (name) values (:tenant)").param("tenant", tenant).update();
    }

    private List<String> names() {
        return client.sql("select name from tenant order by name").query(String.class).list();
    }
}
