#include "device.h"

void loop_stop(struct loop_device *dev)
{
	del_timer_sync(&dev->sustain_timer);
	del_timer_sync(&dev->timeout_timer);
	dev->reread_count = 0;
}

void loop_free(struct loop_device *dev)
{
	loop_stop(dev);
	dev->frame_jiffies = 0;
}
