/* A long line between two network namespaces, for kernels without netem.

   link NAMESPACE NAMESPACE DELAY_MS RATE_MBIT LOSS_PERCENT

   Makes a TUN device "line" in each of two namespaces that exist (`ip netns add`) and carries packets
   between them. Each direction has the delay (one way), the rate with a queue of 50 ms that drops what
   doesn't fit, and a loss of its own, by a generator that starts the same each time. Ends with SIGTERM. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <time.h>
#include <unistd.h>

enum { PACKETS = 1 << 16, BYTES = 1600, FRAMING = 38 };

struct packet {
  uint64_t due;
  ssize_t length;
  char bytes[BYTES];
};

struct direction {
  int from, to;
  uint64_t random, free_at;
  struct packet *ring;
  unsigned head, tail;
};

static double delay, nanos_per_byte, loss;

static uint64_t now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (uint64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static void fail(const char *what) {
  perror(what);
  exit(1);
}

static int device_in(const char *namespace) {
  char path[256];
  snprintf(path, sizeof path, "/run/netns/%s", namespace);
  int there = open(path, O_RDONLY), here = open("/proc/self/ns/net", O_RDONLY);
  if (there < 0 || here < 0 || setns(there, CLONE_NEWNET) != 0) fail(path);
  int device = open("/dev/net/tun", O_RDWR | O_NONBLOCK);
  struct ifreq request = {.ifr_name = "line", .ifr_flags = IFF_TUN | IFF_NO_PI};
  if (device < 0 || ioctl(device, TUNSETIFF, &request) != 0) fail("tun");
  if (setns(here, CLONE_NEWNET) != 0) fail("setns");
  close(there);
  close(here);
  return device;
}

/* A number from 0 to below 1 (xorshift64). */
static double chance(struct direction *d) {
  d->random ^= d->random << 13;
  d->random ^= d->random >> 7;
  d->random ^= d->random << 17;
  return (d->random >> 11) / 9007199254740992.0;
}

static void take(struct direction *d) {
  char bytes[65536];
  ssize_t length;
  for (int i = 0; i < 64 && (length = read(d->from, bytes, sizeof bytes)) > 0; i++) {
    uint64_t t = now();
    if (d->free_at < t) d->free_at = t;
    if (d->free_at - t > 50000000 || d->tail - d->head == PACKETS || length > BYTES) continue;
    d->free_at += (uint64_t)((length + FRAMING) * nanos_per_byte);
    if (chance(d) < loss) continue;
    struct packet *packet = &d->ring[d->tail++ % PACKETS];
    packet->due = d->free_at + (uint64_t)delay;
    packet->length = length;
    memcpy(packet->bytes, bytes, length);
  }
}

static void *carry(void *argument) {
  struct direction *d = argument;
  prctl(PR_SET_TIMERSLACK, 1000);
  for (;;) {
    take(d);
    uint64_t t = now();
    while (d->head != d->tail && d->ring[d->head % PACKETS].due <= t) {
      struct packet *packet = &d->ring[d->head++ % PACKETS];
      if (write(d->to, packet->bytes, packet->length) < 0) continue; /* lost, as on any line */
    }
    uint64_t wait = d->head == d->tail ? 1000000000 : d->ring[d->head % PACKETS].due - t;
    struct timespec time = {wait / 1000000000, wait % 1000000000};
    struct pollfd arrival = {.fd = d->from, .events = POLLIN};
    ppoll(&arrival, 1, &time, NULL);
  }
  return NULL;
}

int main(int count, char **words) {
  if (count != 6) {
    fprintf(stderr, "link NAMESPACE NAMESPACE DELAY_MS RATE_MBIT LOSS_PERCENT\n");
    return 2;
  }
  int one = device_in(words[1]), other = device_in(words[2]);
  delay = atof(words[3]) * 1e6;
  nanos_per_byte = 8000 / atof(words[4]);
  loss = atof(words[5]) / 100;
  static struct direction there, back;
  there = (struct direction){one, other, 88172645463325252u, 0, calloc(PACKETS, sizeof(struct packet)), 0, 0};
  back = (struct direction){other, one, 1181783497276652981u, 0, calloc(PACKETS, sizeof(struct packet)), 0, 0};
  puts("ready");
  fflush(stdout);
  pthread_t thread;
  pthread_create(&thread, NULL, carry, &there);
  carry(&back);
}
