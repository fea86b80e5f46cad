#include "device.h"

void loop_start(struct loop_device *dev)
{
	if (dev->timeout_jiffies > 0)
		mod_timer(&dev->timeout_timer, dev->timeout_jiffies);
	mod_timer(&dev->sustain_timer, dev->frame_jiffies);
}
