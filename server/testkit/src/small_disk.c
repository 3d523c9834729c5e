/* A disk that becomes full, for PostgreSQL: loaded before its own libraries, it counts by how much relations grow.
 *
 * A limit on the size of files would not do: PostgreSQL knows a full disk by ENOSPC, and the kernel says EFBIG there.
 * Its log (pg_wal) is left alone, because PostgreSQL answers a log that cannot be written by ending at once. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

/* Bytes that are left, shared by all processes of the server and by the test. */
static int64_t *room;

__attribute__((constructor)) static void begin(void) {
    int fd = open(getenv("SMALL_DISK"), O_RDWR | O_CLOEXEC);
    room = fd < 0 ? MAP_FAILED : mmap(NULL, sizeof *room, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (room == MAP_FAILED) {
        perror("small_disk");
        abort();
    }
    close(fd);
}

/* Takes the room that a file needs in order to reach so far. */
static int fits(int fd, off64_t end) {
    char link[64], path[4096];
    struct stat file;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0 || fstat(fd, &file) != 0) return 1;
    path[length] = 0;
    int64_t growth = end - file.st_size;
    if (growth <= 0 || strstr(path, "/base/") == NULL) return 1;
    if (__atomic_sub_fetch(room, growth, __ATOMIC_SEQ_CST) >= 0) return 1;
    __atomic_add_fetch(room, growth, __ATOMIC_SEQ_CST);
    return 0;
}

static size_t sum(const struct iovec *parts, int count) {
    size_t bytes = 0;
    for (int part = 0; part < count; part++) bytes += parts[part].iov_len;
    return bytes;
}

/* A function of the C library that fails where there is no room. */
#define LIMITED(type, name, parameters, arguments, end, refusal) \
    type name parameters {                                       \
        static type(*real) parameters;                           \
        if (real == NULL) real = dlsym(RTLD_NEXT, #name);        \
        if (fits(fd, end)) return real arguments;                \
        refusal;                                                 \
    }
#define REFUSE errno = ENOSPC; return -1

LIMITED(ssize_t, pwrite, (int fd, const void *bytes, size_t count, off_t at), (fd, bytes, count, at),
        at + count, REFUSE)
LIMITED(ssize_t, pwrite64, (int fd, const void *bytes, size_t count, off64_t at), (fd, bytes, count, at),
        at + count, REFUSE)
LIMITED(ssize_t, pwritev, (int fd, const struct iovec *parts, int count, off_t at), (fd, parts, count, at),
        at + sum(parts, count), REFUSE)
LIMITED(ssize_t, pwritev64, (int fd, const struct iovec *parts, int count, off64_t at), (fd, parts, count, at),
        at + sum(parts, count), REFUSE)
LIMITED(int, posix_fallocate, (int fd, off_t at, off_t count), (fd, at, count), at + count, return ENOSPC)
LIMITED(int, posix_fallocate64, (int fd, off64_t at, off64_t count), (fd, at, count), at + count, return ENOSPC)
