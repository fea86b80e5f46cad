/* The timers of a kernel from 6.15 on: del_timer_sync() is gone, timer_delete_sync() stays. */
struct timer_list {
	unsigned long expires;
	void (*function)(struct timer_list *);
};

void timer_setup(struct timer_list *timer, void (*function)(struct timer_list *), unsigned int flags);
int mod_timer(struct timer_list *timer, unsigned long expires);
int timer_delete_sync(struct timer_list *timer);
