/* A video device that gives back what was written to it. */
#include "timer.h"

struct loop_device {
	struct timer_list sustain_timer;
	struct timer_list timeout_timer;
	unsigned long frame_jiffies;
	unsigned long timeout_jiffies;
	int reread_count;
};

void loop_start(struct loop_device *dev);
void loop_stop(struct loop_device *dev);
void loop_free(struct loop_device *dev);
